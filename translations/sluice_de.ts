<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AuditPage</name>
    <message>
        <source>Whose rows are asked about</source>
        <translation>Wessen Zeilen befragt werden</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write all rows of the chosen key to a CSV file</source>
        <translation>Alle Zeilen des gewählten Schlüssels in eine CSV-Datei schreiben</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Count the rows of every foreign key again</source>
        <translation>Die Zeilen jedes Fremdschlüssels neu zählen</translation>
    </message>
    <message>
        <source>Foreign keys between tables of tenants</source>
        <translation>Fremdschlüssel zwischen Tabellen von Mandanten</translation>
    </message>
    <message>
        <source>What stands in the way of a key</source>
        <translation>Was einem Schlüssel im Weg steht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the Drizzle code</source>
        <translation>Den Drizzle-Code kopieren</translation>
    </message>
    <message>
        <source>Copy the SQL of the migration</source>
        <translation>Das SQL der Migration kopieren</translation>
    </message>
</context>
<context>
    <name>BuilderPage</name>
    <message>
        <source>Steps of the query</source>
        <translation>Schritte der Abfrage</translation>
    </message>
    <message>
        <source>Copy SQL</source>
        <translation>SQL kopieren</translation>
    </message>
    <message>
        <source>Copy the SQL with its parameters as a comment</source>
        <translation>Das SQL kopieren, mit seinen Parametern als Kommentar</translation>
    </message>
    <message>
        <source>Copy the SQL</source>
        <translation>SQL kopieren</translation>
    </message>
    <message>
        <source>Run ⌃⏎</source>
        <translation>Ausführen ⌃⏎</translation>
    </message>
    <message>
        <source>Run the query (Ctrl+Enter)</source>
        <translation>Die Abfrage ausführen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Run the query</source>
        <translation>Die Abfrage ausführen</translation>
    </message>
    <message>
        <source>Parameters of the query</source>
        <translation>Parameter der Abfrage</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the query as Drizzle TypeScript</source>
        <translation>Die Abfrage als Drizzle-TypeScript kopieren</translation>
    </message>
    <message>
        <source>Copy the Drizzle query</source>
        <translation>Drizzle-Abfrage kopieren</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>The query has changed since: run it again</source>
        <translation>Die Abfrage hat sich seitdem geändert: neu ausführen</translation>
    </message>
</context>
<context>
    <name>ConditionPopup</name>
    <message>
        <source>Condition in SQL</source>
        <translation>Bedingung in SQL</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Apply the condition</source>
        <translation>Die Bedingung anwenden</translation>
    </message>
</context>
<context>
    <name>DifferencesPanel</name>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>What turns the database into what the code says</source>
        <translation>Was die Datenbank zu dem macht, was der Code sagt</translation>
    </message>
    <message>
        <source>Differences of database and code</source>
        <translation>Unterschiede zwischen Datenbank und Code</translation>
    </message>
</context>
<context>
    <name>EditorDialog</name>
    <message>
        <source>Choose the editor</source>
        <translation>Den Editor wählen</translation>
    </message>
    <message>
        <source>Opens a file of the schema at its line, from the tree and from the problems.</source>
        <translation>Öffnet eine Datei des Schemas an ihrer Zeile, aus dem Baum und aus den Problemen.</translation>
    </message>
    <message>
        <source>&amp;Editor</source>
        <translation>&amp;Editor</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>&amp;Befehl</translation>
    </message>
    <message>
        <source>Command that starts the editor</source>
        <translation>Befehl, der den Editor startet</translation>
    </message>
    <message>
        <source>{file}, {line} and {column} stand for the place. No shell reads the command.</source>
        <translation>{file}, {line} und {column} stehen für die Stelle. Keine Shell liest den Befehl.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use this editor</source>
        <translation>Diesen Editor verwenden</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Part of the rows that is exported</source>
        <translation>Anteil der Zeilen, der exportiert ist</translation>
    </message>
</context>
<context>
    <name>FilterPopup</name>
    <message>
        <source>Column to filter by</source>
        <translation>Spalte, nach der gefiltert wird</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Value to compare with</source>
        <translation>Wert, mit dem verglichen wird</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add the filter</source>
        <translation>Den Filter hinzufügen</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>Werte zur Auswahl</translation>
    </message>
</context>
<context>
    <name>GridIndex</name>
    <message>
        <source>no index: each page sorts ≈%1 rows</source>
        <translation>kein Index: jede Seite sortiert ≈%1 Zeilen</translation>
    </message>
    <message>
        <source>no index: a page reads ≈%1 rows</source>
        <translation>kein Index: eine Seite liest ≈%1 Zeilen</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Scope and filters</source>
        <translation>Bereich und Filter</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Read the rows again</source>
        <translation>Die Zeilen noch einmal lesen</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Choose which columns are shown</source>
        <translation>Wählen, welche Spalten zu sehen sind</translation>
    </message>
    <message>
        <source>Copy index</source>
        <translation>Index kopieren</translation>
    </message>
    <message>
        <source>Copy the index that makes this order fast, as Drizzle code</source>
        <translation>Den Index, der diese Reihenfolge schnell macht, als Drizzle-Code kopieren</translation>
    </message>
    <message>
        <source>Search rows</source>
        <translation>Zeilen suchen</translation>
    </message>
    <message>
        <source>Search the rows</source>
        <translation>Die Zeilen durchsuchen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Write all rows that are shown to a file</source>
        <translation>Alle angezeigten Zeilen in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Choose the zone in which times are shown</source>
        <translation>Zeitzone für die Anzeige wählen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Take rows of a CSV file into this table</source>
        <translation>Zeilen einer CSV-Datei in diese Tabelle übernehmen</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formular</translation>
    </message>
    <message>
        <source>Show the current row as a form (F6)</source>
        <translation>Die aktuelle Zeile als Formular zeigen (F6)</translation>
    </message>
    <message>
        <source>Show the current row as a form</source>
        <translation>Die aktuelle Zeile als Formular zeigen</translation>
    </message>
    <message>
        <source>F6</source>
        <translation>F6</translation>
    </message>
</context>
<context>
    <name>GridScope</name>
    <message>
        <source>every %1</source>
        <translation>alle: %1</translation>
    </message>
    <message>
        <source>No tenant is chosen: the rows of all of them are shown</source>
        <translation>Kein Mandant ist gewählt: zu sehen sind die Zeilen von allen</translation>
    </message>
    <message>
        <source>Only rows where %1 is %2</source>
        <translation>Nur Zeilen, in denen %1 gleich %2 ist</translation>
    </message>
    <message>
        <source>global</source>
        <translation>global</translation>
    </message>
    <message>
        <source>The same rows for every %1</source>
        <translation>Dieselben Zeilen für alle: %1</translation>
    </message>
    <message>
        <source>not scoped: no %1</source>
        <translation>nicht eingegrenzt: kein %1</translation>
    </message>
    <message>
        <source>Nothing says which %1 a row belongs to: all rows are shown</source>
        <translation>Nichts sagt, zu welchem Mandanten (%1) eine Zeile gehört: alle Zeilen sind zu sehen</translation>
    </message>
    <message>
        <source>Only rows whose %1 is %2 along %3</source>
        <translation>Nur Zeilen, deren %1 über %3 %2 ist</translation>
    </message>
    <message>
        <source>not shown to one %1</source>
        <translation>nicht für %1 allein gezeigt</translation>
    </message>
    <message>
        <source>A materialized view holds what was computed from the rows of all, and %1</source>
        <translation>Eine materialisierte Sicht enthält, was aus den Zeilen aller berechnet wurde, und %1</translation>
    </message>
    <message>
        <source>A view: its query runs over the rows where %1 is %2, and no others</source>
        <translation>Eine Sicht: Ihre Abfrage läuft über die Zeilen, in denen %1 gleich %2 ist, und über keine anderen</translation>
    </message>
    <message>
        <source>, and shared rows</source>
        <translation>, und gemeinsame Zeilen</translation>
    </message>
    <message>
        <source>Rows without one are everybody&apos;s: they are shown to each %1 and changed by none</source>
        <translation>Zeilen ohne gehören allen: Sie werden jedem gezeigt (%1) und von keinem geändert</translation>
    </message>
    <message>
        <source>, without shared rows</source>
        <translation>, ohne gemeinsame Zeilen</translation>
    </message>
    <message>
        <source>Rows without one are left out. Say in the menu of the table in the tree whether they are everybody&apos;s</source>
        <translation>Zeilen ohne sind weggelassen. Sagen Sie im Menü der Tabelle im Baum, ob sie allen gehören</translation>
    </message>
    <message>
        <source>every row of this schema</source>
        <translation>alle Zeilen dieses Schemas</translation>
    </message>
    <message>
        <source>No tenant is chosen: each has this table in a schema of its own, and this is one of them</source>
        <translation>Kein Mandant ist gewählt: Jeder hat diese Tabelle in einem eigenen Schema, und dies ist eine davon</translation>
    </message>
    <message>
        <source>not of %1</source>
        <translation>nicht von %1</translation>
    </message>
    <message>
        <source>The table lies in another schema than the tenant&apos;s: no row of it is shown</source>
        <translation>Die Tabelle liegt in einem anderen Schema als dem des Mandanten: Keine ihrer Zeilen wird gezeigt</translation>
    </message>
    <message>
        <source>schema = </source>
        <translation>Schema = </translation>
    </message>
    <message>
        <source>All rows of the tenant&apos;s own table, in its schema %1</source>
        <translation>Alle Zeilen der eigenen Tabelle des Mandanten, in seinem Schema %1</translation>
    </message>
    <message>
        <source>A view: its query runs over the tenant&apos;s own tables and those that are everybody&apos;s, and no others</source>
        <translation>Eine Sicht: Ihre Abfrage läuft über die eigenen Tabellen des Mandanten und die gemeinsamen, über keine anderen</translation>
    </message>
    <message>
        <source>tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>not scoped</source>
        <translation>nicht eingegrenzt</translation>
    </message>
    <message>
        <source>No rows of %1</source>
        <translation>Keine Zeilen von %1</translation>
    </message>
    <message>
        <source>No rows in %1</source>
        <translation>Keine Zeilen in %1</translation>
    </message>
    <message>
        <source>No rows</source>
        <translation>Keine Zeilen</translation>
    </message>
    <message>
        <source>, whole %1</source>
        <translation>, ganze %1</translation>
    </message>
    <message>
        <source>They lead to no %1, so they are shown for each, and changed for the whole only</source>
        <translation>Sie führen zu keiner %1, werden also für jede gezeigt, und nur für das Ganze geändert</translation>
    </message>
    <message>
        <source>Of these only rows whose %1 is %2 along %3</source>
        <translation>Davon nur Zeilen, deren %1 entlang %3 %2 ist</translation>
    </message>
    <message>
        <source>Of these only rows where %1 is %2</source>
        <translation>Davon nur Zeilen, in denen %1 %2 ist</translation>
    </message>
    <message>
        <source>no %1 chosen</source>
        <translation>ohne Wahl: %1</translation>
    </message>
    <message>
        <source>No rows are shown until one is chosen, or all for a while</source>
        <translation>Es werden keine Zeilen gezeigt, bis etwas gewählt ist oder für eine Weile alle</translation>
    </message>
</context>
<context>
    <name>GridSearch</name>
    <message>
        <source>full-text search by index%1</source>
        <translation>Volltextsuche über einen Index%1</translation>
    </message>
    <message>
        <source>full-text search%1 without an index: reads every row</source>
        <translation>Volltextsuche%1 ohne Index: liest jede Zeile</translation>
    </message>
    <message>
        <source>search in %1 by trigram index</source>
        <translation>Suche in %1 über einen Trigramm-Index</translation>
    </message>
    <message>
        <source>search in %1 without an index: reads every row</source>
        <translation>Suche in %1 ohne Index: liest jede Zeile</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>Eine andere Datei wählen</translation>
    </message>
    <message>
        <source>&amp;Delimiter</source>
        <translation>&amp;Trennzeichen</translation>
    </message>
    <message>
        <source>What stands between the values</source>
        <translation>Was zwischen den Werten steht</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>Ko&amp;dierung</translation>
    </message>
    <message>
        <source>Encoding of the file</source>
        <translation>Kodierung der Datei</translation>
    </message>
    <message>
        <source>The first line has the &amp;titles</source>
        <translation>Die erste Zeile hat die Tite&amp;l</translation>
    </message>
    <message>
        <source>&amp;NULL</source>
        <translation>&amp;NULL</translation>
    </message>
    <message>
        <source>What NULL is written as</source>
        <translation>Wie NULL geschrieben ist</translation>
    </message>
    <message>
        <source>nothing, without quotes</source>
        <translation>nichts, ohne Anführungszeichen</translation>
    </message>
    <message>
        <source>Rows that are there &amp;already</source>
        <translation>Zeilen, die es schon &amp;gibt</translation>
    </message>
    <message>
        <source>What becomes of rows that are there already</source>
        <translation>Was aus Zeilen wird, die es schon gibt</translation>
    </message>
    <message>
        <source>&amp;Bad rows</source>
        <translation>&amp;Fehlerhafte Zeilen</translation>
    </message>
    <message>
        <source>What becomes of bad rows</source>
        <translation>Was aus fehlerhaften Zeilen wird</translation>
    </message>
    <message>
        <source>Part of the file that is read</source>
        <translation>Teil der Datei, der gelesen ist</translation>
    </message>
    <message>
        <source>Bad rows of the file</source>
        <translation>Fehlerhafte Zeilen der Datei</translation>
    </message>
    <message>
        <source>Allow &amp;writes…</source>
        <translation>Sch&amp;reiben erlauben…</translation>
    </message>
    <message>
        <source>Open the database for changes for 15 minutes</source>
        <translation>Die Datenbank 15 Minuten lang für Änderungen öffnen</translation>
    </message>
    <message>
        <source>Dry &amp;run</source>
        <translation>&amp;Probelauf</translation>
    </message>
    <message>
        <source>Try everything, list the bad rows, and undo it</source>
        <translation>Alles versuchen, die fehlerhaften Zeilen zeigen und es rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
</context>
<context>
    <name>LeasePopover</name>
    <message>
        <source>Allow writes</source>
        <translation>Schreiben erlauben</translation>
    </message>
    <message>
        <source>Allow writes for 15 minutes?</source>
        <translation>Schreiben für 15 Minuten erlauben?</translation>
    </message>
    <message>
        <source>Stay read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Allow writes for 15 minutes</source>
        <translation>Schreiben für 15 Minuten erlauben</translation>
    </message>
</context>
<context>
    <name>MigrationsView</name>
    <message>
        <source>Timeline of migrations</source>
        <translation>Zeitleiste der Migrationen</translation>
    </message>
    <message>
        <source>Visual difference</source>
        <translation>Unterschied als Bild</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>Name of the next migration</source>
        <translation>Name der nächsten Migration</translation>
    </message>
    <message>
        <source>Letters, digits, - and _; without a name one is made up</source>
        <translation>Buchstaben, Ziffern, - und _; ohne Namen wird einer erfunden</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>Name (optional)</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Safe variant</source>
        <translation>Sichere Variante</translation>
    </message>
    <message>
        <source>Take statements that do not keep others waiting, as several migrations where needed</source>
        <translation>Anweisungen nehmen, die andere nicht warten lassen, wo nötig als mehrere Migrationen</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Problems of the code</source>
        <translation>Probleme des Codes</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>starts with</source>
        <translation>beginnt mit</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>ist eines von</translation>
    </message>
    <message>
        <source>is NULL</source>
        <translation>ist NULL</translation>
    </message>
    <message>
        <source>is not NULL</source>
        <translation>ist nicht NULL</translation>
    </message>
    <message>
        <source>is NULL or not</source>
        <translation>ist NULL oder nicht</translation>
    </message>
    <message>
        <source>between</source>
        <translation>zwischen</translation>
    </message>
    <message>
        <source>last days</source>
        <translation>letzte Tage</translation>
    </message>
    <message>
        <source>has all of</source>
        <translation>hat alle von</translation>
    </message>
    <message>
        <source>has one of</source>
        <translation>hat eines von</translation>
    </message>
    <message>
        <source>has the key</source>
        <translation>hat den Schlüssel</translation>
    </message>
    <message>
        <source>has at a path</source>
        <translation>hat an einem Pfad</translation>
    </message>
    <message>
        <source>a key</source>
        <translation>ein Schlüssel</translation>
    </message>
    <message>
        <source>values with commas between them</source>
        <translation>Werte mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>%1 cells</source>
        <translation>%1 Zellen</translation>
    </message>
    <message>
        <source>%1 NULL</source>
        <translation>%1 NULL</translation>
    </message>
    <message>
        <source>sum %1</source>
        <translation>Summe %1</translation>
    </message>
    <message>
        <source>min %1</source>
        <translation>Min. %1</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>Max. %1</translation>
    </message>
    <message>
        <source>average %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>%1 as the server gives it
%2 in UTC
%3 on this machine</source>
        <translation>%1, wie der Server es liefert
%2 in UTC
%3 auf diesem Rechner</translation>
    </message>
    <message>
        <source>Nothing but blanks: %1</source>
        <translation>Nur Leerzeichen: %1</translation>
    </message>
    <message>
        <source>%1 stored</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>%1: Shift+F2 opens the whole value</source>
        <translation>%1: Umschalt+F2 öffnet den ganzen Wert</translation>
    </message>
    <message>
        <source>only the loaded rows: %1</source>
        <translation>nur die geladenen Zeilen: %1</translation>
    </message>
</context>
<context>
    <name>RowsStatus</name>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>Row %1 of %2</source>
        <translation>Zeile %1 von %2</translation>
    </message>
    <message>
        <source>at most %1 rows</source>
        <translation>höchstens %1 Zeilen</translation>
    </message>
    <message>
        <source>no primary key: in the order of storage</source>
        <translation>kein Primärschlüssel: in der Reihenfolge der Speicherung</translation>
    </message>
    <message>
        <source>keyset on %1</source>
        <translation>Keyset über %1</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>wird gezählt …</translation>
    </message>
    <message>
        <source>measuring %1 %</source>
        <translation>wird vermessen: %1 %</translation>
    </message>
    <message>
        <source>no key: by row numbers, slower the farther down</source>
        <translation>ohne Schlüssel: nach Zeilennummern, weiter unten langsamer</translation>
    </message>
    <message>
        <source>no primary key: by partition and place, each page reads every row</source>
        <translation>ohne Primärschlüssel: nach Partition und Ort, jede Seite liest alle Zeilen</translation>
    </message>
</context>
<context>
    <name>RowsZone</name>
    <message>
        <source>local</source>
        <translation>lokal</translation>
    </message>
    <message>
        <source>the server&apos;s zone</source>
        <translation>der Zeitzone des Servers</translation>
    </message>
    <message>
        <source>the zone of this machine, %1</source>
        <translation>der Zeitzone dieses Rechners, %1</translation>
    </message>
</context>
<context>
    <name>SecurityPage</name>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Rolle</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Filter tables</source>
        <translation>Tabellen filtern</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Read roles, privileges and policies again</source>
        <translation>Rollen, Rechte und Policies neu lesen</translation>
    </message>
    <message>
        <source>What the role may do with every table</source>
        <translation>Was die Rolle mit jeder Tabelle darf</translation>
    </message>
    <message>
        <source>How many rows the role sees</source>
        <translation>Wie viele Zeilen die Rolle sieht</translation>
    </message>
    <message>
        <source>Settings that the policies read</source>
        <translation>Einstellungen, die die Policies lesen</translation>
    </message>
    <message>
        <source>app.setting = value, a line each</source>
        <translation>app.setting = Wert, je eine Zeile</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Read the rows as this role, in a transaction that is rolled back</source>
        <translation>Die Zeilen als diese Rolle lesen, in einer Transaktion, die zurückgerollt wird</translation>
    </message>
    <message>
        <source>Read the rows as this role</source>
        <translation>Die Zeilen als diese Rolle lesen</translation>
    </message>
</context>
<context>
    <name>ServerDialog</name>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Address of the database</source>
        <translation>Adresse der Datenbank</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>A URL, key=value pairs or service=name; or fill in:</source>
        <translation>Eine URL, Paare key=value oder service=name; oder ausfüllen:</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>Host: a name, an address or a socket&apos;s folder</source>
        <translation>Host: ein Name, eine Adresse oder der Ordner eines Sockets</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>&amp;Datenbank</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>&amp;Encryption</source>
        <translation>&amp;Verschlüsselung</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Au&amp;thority</source>
        <translation>&amp;Zertifizierung</translation>
    </message>
    <message>
        <source>File with the certificate of the authority</source>
        <translation>Datei mit dem Zertifikat der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>File with its certificate, or: system</source>
        <translation>Datei mit dem Zertifikat der Stelle, oder: system</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Choose the authority&apos;s certificate</source>
        <translation>Zertifikat der Zertifizierungsstelle auswählen</translation>
    </message>
    <message>
        <source>SS&amp;H</source>
        <translation>SS&amp;H</translation>
    </message>
    <message>
        <source>SSH host</source>
        <translation>SSH-Host</translation>
    </message>
    <message>
        <source>user@host, to reach the server from there</source>
        <translation>benutzer@host, um den Server von dort zu erreichen</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>Auf&amp;bewahren</translation>
    </message>
    <message>
        <source>Where the connection is kept</source>
        <translation>Wo die Verbindung aufbewahrt wird</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Back to the project&apos;s own</source>
        <translation>Zurück zur eigenen des Projekts</translation>
    </message>
    <message>
        <source>Use the address that the project names itself</source>
        <translation>Die Adresse verwenden, die das Projekt selbst nennt</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>A folder with a drizzle.config and a schema written with Drizzle. Sluice asks nothing that the folder already answers.</source>
        <translation>Ein Ordner mit einer drizzle.config und einem mit Drizzle geschriebenen Schema. Sluice fragt nichts, was der Ordner schon beantwortet.</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen …</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>RECENT</source>
        <translation>ZULETZT</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnete Projekte</translation>
    </message>
</context>
<context>
    <name>TenancyMenu</name>
    <message>
        <source>Whose rows these are</source>
        <translation>Wessen Zeilen das sind</translation>
    </message>
    <message>
        <source>As Sluice recognises it</source>
        <translation>Wie Sluice es erkennt</translation>
    </message>
    <message>
        <source>The same for every tenant</source>
        <translation>Für alle Mandanten dieselben</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>The tenant is in</source>
        <translation>Der Mandant steht in</translation>
    </message>
    <message>
        <source>Every row is a tenant</source>
        <translation>Jede Zeile ist ein Mandant</translation>
    </message>
    <message>
        <source>Its query runs over the tenant&apos;s rows alone</source>
        <translation>Ihre Abfrage läuft nur über die Zeilen des Mandanten</translation>
    </message>
    <message>
        <source>Rows without a tenant</source>
        <translation>Zeilen ohne Mandanten</translation>
    </message>
    <message>
        <source>Shown to every tenant, changed by none</source>
        <translation>Jedem Mandanten gezeigt, von keinem geändert</translation>
    </message>
    <message>
        <source>Hidden from every tenant</source>
        <translation>Jedem Mandanten verborgen</translation>
    </message>
    <message>
        <source>Each tenant has a schema of its own: %1</source>
        <translation>Jeder Mandant hat ein eigenes Schema: %1</translation>
    </message>
    <message>
        <source>These are tenants&apos; schemas, too: %1</source>
        <translation>Auch diese Schemata gehören Mandanten: %1</translation>
    </message>
</context>
<context>
    <name>TitleRow</name>
    <message>
        <source>Project, environment, tenant and access</source>
        <translation>Projekt, Umgebung, Mandant und Zugriff</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>The project that is open; opens a menu</source>
        <translation>Das geöffnete Projekt; öffnet ein Menü</translation>
    </message>
    <message>
        <source>Environment and server</source>
        <translation>Umgebung und Server</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Allow or end writes</source>
        <translation>Schreiben erlauben oder beenden</translation>
    </message>
    <message>
        <source>Go to anything</source>
        <translation>Überallhin springen</translation>
    </message>
    <message>
        <source>Go to any action or table</source>
        <translation>Zu einer Aktion oder Tabelle springen</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Strg K</translation>
    </message>
    <message>
        <source>Tenant within the tenant</source>
        <translation>Mandant innerhalb des Mandanten</translation>
    </message>
</context>
<context>
    <name>TreePanel</name>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Filter the tree</source>
        <translation>Den Baum filtern</translation>
    </message>
    <message>
        <source>Part of a name, or:
col:email  tables with such a column
type:uuid  with a column of such a type
fk:organizations  with a foreign key to it
no:organization_id  without that column
drift  where code and database disagree</source>
        <translation>Teil eines Namens, oder:
col:email  Tabellen mit einer solchen Spalte
type:uuid  mit einer Spalte dieses Typs
fk:organizations  mit einem Fremdschlüssel dorthin
no:organization_id  ohne diese Spalte
drift  wo Code und Datenbank sich unterscheiden</translation>
    </message>
    <message>
        <source>Filter: name, col:, type:, drift…</source>
        <translation>Filter: Name, col:, type:, drift …</translation>
    </message>
    <message>
        <source>Tables, columns, indexes, relations and enums</source>
        <translation>Tabellen, Spalten, Indizes, Beziehungen und Aufzählungen</translation>
    </message>
</context>
<context>
    <name>base</name>
    <message>
        <source>The work was cancelled</source>
        <translation>Die Arbeit wurde abgebrochen</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>prints the schema of a source</source>
        <translation>gibt das Schema einer Quelle aus</translation>
    </message>
    <message>
        <source>changes from one source to another, and their statements</source>
        <translation>Änderungen von einer Quelle zur anderen und ihre Anweisungen</translation>
    </message>
    <message>
        <source>writes the next migration in drizzle-kit&apos;s format</source>
        <translation>schreibt die nächste Migration im Format von drizzle-kit</translation>
    </message>
    <message>
        <source>applies what is pending</source>
        <translation>wendet an, was aussteht</translation>
    </message>
    <message>
        <source>runs one statement, read-only unless --write</source>
        <translation>führt eine Anweisung aus, ohne --write nur lesend</translation>
    </message>
    <message>
        <source>the private cluster with the sample project&apos;s data</source>
        <translation>der private Cluster mit den Daten des Beispielprojekts</translation>
    </message>
    <message>
        <source>Unknown value &apos;%1&apos;</source>
        <translation>Unbekannter Wert „%1“</translation>
    </message>
    <message>
        <source>use one of %1</source>
        <translation>möglich sind %1</translation>
    </message>
    <message>
        <source>The source to start from.</source>
        <translation>Die Quelle, von der es ausgeht.</translation>
    </message>
    <message>
        <source>The source to arrive at.</source>
        <translation>Die Quelle, zu der es hinführt.</translation>
    </message>
    <message>
        <source>sql, json or tree.</source>
        <translation>sql, json oder tree.</translation>
    </message>
    <message>
        <source>What could be a rename is dropped and added.</source>
        <translation>Was eine Umbenennung sein könnte, wird entfernt und hinzugefügt.</translation>
    </message>
    <message>
        <source>The project&apos;s folder.</source>
        <translation>Der Ordner des Projekts.</translation>
    </message>
    <message>
        <source>The migration&apos;s name.</source>
        <translation>Der Name der Migration.</translation>
    </message>
    <message>
        <source>No schema changes, nothing to generate</source>
        <translation>Keine Änderungen am Schema, nichts zu erzeugen</translation>
    </message>
    <message>
        <source>Wrote %1 (statements: %2)</source>
        <translation>%1 wurde geschrieben (Anweisungen: %2)</translation>
    </message>
    <message>
        <source>What yields the schema.</source>
        <translation>Woraus das Schema kommt.</translation>
    </message>
    <message>
        <source>json, snapshot, sql or tree.</source>
        <translation>json, snapshot, sql oder tree.</translation>
    </message>
    <message>
        <source>Usage: sluice &lt;command&gt; …

Commands:
</source>
        <translation>Aufruf: sluice &lt;Befehl&gt; …

Befehle:
</translation>
    </message>
    <message>
        <source>No command was given</source>
        <translation>Kein Befehl angegeben</translation>
    </message>
    <message>
        <source>Unknown command &apos;%1&apos;</source>
        <translation>Unbekannter Befehl „%1“</translation>
    </message>
    <message>
        <source>see sluice --help</source>
        <translation>siehe sluice --help</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no time</source>
        <translation>„%1“ ist keine Zeit</translation>
    </message>
    <message>
        <source>write 500ms, 3s or 2min</source>
        <translation>zum Beispiel 500ms, 3s oder 2min schreiben</translation>
    </message>
    <message>
        <source>The database, instead of the config&apos;s.</source>
        <translation>Die Datenbank, anstelle der in der Konfiguration.</translation>
    </message>
    <message>
        <source>Shows what would run.</source>
        <translation>Zeigt, was ausgeführt würde.</translation>
    </message>
    <message>
        <source>How long to wait for a lock.</source>
        <translation>Wie lange auf eine Sperre gewartet wird.</translation>
    </message>
    <message>
        <source>How often to try again after a lock timeout.</source>
        <translation>Wie oft nach dem Ablauf dieser Zeit neu versucht wird.</translation>
    </message>
    <message>
        <source>Allows a server off this machine.</source>
        <translation>Erlaubt einen Server außerhalb dieses Rechners.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number of retries</source>
        <translation>„%1“ ist keine Anzahl von Versuchen</translation>
    </message>
    <message>
        <source>Nothing is pending on %1</source>
        <translation>Auf %1 steht nichts aus</translation>
    </message>
    <message>
        <source>Applied %1 to %2</source>
        <translation>%1 auf %2 angewendet</translation>
    </message>
    <message>
        <source>One statement; - reads it from standard input.</source>
        <translation>Eine Anweisung; - liest sie von der Standardeingabe.</translation>
    </message>
    <message>
        <source>The tenant&apos;s id or label.</source>
        <translation>Id oder Bezeichnung des Mandanten.</translation>
    </message>
    <message>
        <source>Reads the rows of all tenants.</source>
        <translation>Liest die Zeilen aller Mandanten.</translation>
    </message>
    <message>
        <source>table, csv or json.</source>
        <translation>table, csv oder json.</translation>
    </message>
    <message>
        <source>Lets this one statement write.</source>
        <translation>Lässt diese eine Anweisung schreiben.</translation>
    </message>
    <message>
        <source>Allows --write on a server off this machine.</source>
        <translation>Erlaubt --write auf einem Server außerhalb dieses Rechners.</translation>
    </message>
    <message>
        <source>rows changed: %1</source>
        <translation>geänderte Zeilen: %1</translation>
    </message>
    <message>
        <source>No project is given</source>
        <translation>Kein Projekt angegeben</translation>
    </message>
    <message>
        <source>add --project &lt;folder&gt;</source>
        <translation>--project &lt;Ordner&gt; ergänzen</translation>
    </message>
    <message>
        <source>Whose rows are meant is not said</source>
        <translation>Es ist nicht gesagt, wessen Zeilen gemeint sind</translation>
    </message>
    <message>
        <source>add either --tenant T or --unscoped</source>
        <translation>entweder --tenant T oder --unscoped ergänzen</translation>
    </message>
    <message>
        <source>the project is in %1</source>
        <translation>das Projekt liegt in %1</translation>
    </message>
    <message>
        <source>The sample is not running</source>
        <translation>Das Beispiel läuft nicht</translation>
    </message>
    <message>
        <source>start, stop or status.</source>
        <translation>start, stop oder status.</translation>
    </message>
    <message>
        <source>Unknown action &apos;%1&apos;</source>
        <translation>Unbekannte Aktion „%1“</translation>
    </message>
    <message>
        <source>use start, stop or status</source>
        <translation>möglich sind start, stop oder status</translation>
    </message>
    <message>
        <source>Shows this help.</source>
        <translation>Zeigt diese Hilfe.</translation>
    </message>
    <message>
        <source>an argument is missing</source>
        <translation>ein Argument fehlt</translation>
    </message>
    <message>
        <source>unexpected argument &apos;%1&apos;</source>
        <translation>unerwartetes Argument „%1“</translation>
    </message>
    <message>
        <source>The command line is not understood</source>
        <translation>Die Befehlszeile ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>see sluice %1 --help</source>
        <translation>siehe sluice %1 --help</translation>
    </message>
    <message>
        <source>what code, folder, ledger and database disagree in, and what heals it</source>
        <translation>worin Code, Ordner, Ledger und Datenbank auseinandergehen, und was es heilt</translation>
    </message>
    <message>
        <source>code ↔ folder</source>
        <translation>Code ↔ Ordner</translation>
    </message>
    <message>
        <source>folder ↔ ledger</source>
        <translation>Ordner ↔ Ledger</translation>
    </message>
    <message>
        <source>ledger ↔ database</source>
        <translation>Ledger ↔ Datenbank</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>stimmt überein</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>database: %1</source>
        <translation>Datenbank: %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>next: %1</source>
        <translation>als Nächstes: %1</translation>
    </message>
    <message>
        <source>text or json.</source>
        <translation>text oder json.</translation>
    </message>
    <message>
        <source>What was renamed, as &lt;kind&gt;:&lt;schema.table[.column]&gt;=&lt;new&gt;; may be repeated.</source>
        <translation>Was umbenannt wurde, als &lt;kind&gt;:&lt;schema.table[.column]&gt;=&lt;new&gt;; darf mehrmals stehen.</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Nothing is wrong with %1</source>
        <translation>An %1 ist nichts auszusetzen</translation>
    </message>
    <message>
        <source>compared with what %1 has applied</source>
        <translation>verglichen mit dem, was %1 angewandt hat</translation>
    </message>
    <message>
        <source>not compared with a database: %1</source>
        <translation>mit keiner Datenbank verglichen: %1</translation>
    </message>
    <message>
        <source>Moved to the end: %1</source>
        <translation>Ans Ende gesetzt: %1</translation>
    </message>
    <message>
        <source>the migrations folder&apos;s doctor</source>
        <translation>der Arzt des Migrationsordners</translation>
    </message>
    <message>
        <source>Writes what does not keep others waiting, where that is possible, as several migrations.</source>
        <translation>Schreibt, wo es geht, was andere nicht warten lässt, als mehrere Migrationen.</translation>
    </message>
    <message>
        <source>Writes a migration for SQL by hand; the schema stays.</source>
        <translation>Schreibt eine Migration für SQL von Hand; das Schema bleibt.</translation>
    </message>
    <message>
        <source>Wrote %1, for your own SQL</source>
        <translation>%1 wurde geschrieben, für eigenes SQL</translation>
    </message>
    <message>
        <source>A migration for SQL by hand holds none of the code&apos;s changes</source>
        <translation>Eine Migration für SQL von Hand enthält keine Änderung des Codes</translation>
    </message>
    <message>
        <source>The database that the plan is for, where &lt;from&gt; is none.</source>
        <translation>Die Datenbank, für die der Plan ist, wenn &lt;from&gt; keine ist.</translation>
    </message>
    <message>
        <source>The plan is for the database that it starts from</source>
        <translation>Der Plan ist für die Datenbank, von der er ausgeht</translation>
    </message>
    <message>
        <source>leave out --url</source>
        <translation>lassen Sie --url weg</translation>
    </message>
    <message>
        <source>The database that the migration is for: what others have made there on the changed tables is dropped and made again.</source>
        <translation>Die Datenbank, für die die Migration ist: was andere dort an den geänderten Tabellen angelegt haben, wird entfernt und wieder angelegt.</translation>
    </message>
    <message>
        <source>leave out --safe, --url, --rename and --accept-drops</source>
        <translation>lassen Sie --safe, --url, --rename und --accept-drops weg</translation>
    </message>
    <message>
        <source>Does not look for rows that would make a migration fail before the first one runs.</source>
        <translation>Sucht vor der ersten Migration nicht nach Zeilen, an denen eine scheitern würde.</translation>
    </message>
    <message>
        <source>about %1 rows, %2</source>
        <translation>etwa %1 Zeilen, %2</translation>
    </message>
    <message>
        <source>reads %1 (%2)</source>
        <translation>liest %1 (%2)</translation>
    </message>
    <message>
        <source>builds an index of %1 (%2)</source>
        <translation>baut einen Index für %1 auf (%2)</translation>
    </message>
    <message>
        <source>writes %1 anew (%2)</source>
        <translation>schreibt %1 neu (%2)</translation>
    </message>
    <message>
        <source>loses data of %1 (%2)</source>
        <translation>verliert Daten von %1 (%2)</translation>
    </message>
    <message>
        <source>Shows the rows that stand in the way also where no terminal is.</source>
        <translation>Zeigt die Zeilen, die im Weg stehen, auch ohne Terminal.</translation>
    </message>
    <message>
        <source>migration: %1</source>
        <translation>Migration: %1</translation>
    </message>
    <message>
        <source>would fail: %1</source>
        <translation>würde scheitern: %1</translation>
    </message>
    <message>
        <source>list them: %1</source>
        <translation>auflisten: %1</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>advice</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>%1 cannot be judged: %2</source>
        <translation>%1 lässt sich nicht beurteilen: %2</translation>
    </message>
    <message>
        <source>The output could not be written</source>
        <translation>Die Ausgabe konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>in the code, so that it cannot happen again:</source>
        <translation>im Code, damit es nicht wieder vorkommt:</translation>
    </message>
    <message>
        <source>by hand:</source>
        <translation>von Hand:</translation>
    </message>
    <message>
        <source>the migration that comes of it:</source>
        <translation>die Migration, die daraus wird:</translation>
    </message>
    <message>
        <source>not known: %1</source>
        <translation>nicht bekannt: %1</translation>
    </message>
    <message>
        <source>rows that point at another tenant&apos;s row: %1</source>
        <translation>Zeilen, die auf die Zeile eines anderen Mandanten zeigen: %1</translation>
    </message>
    <message>
        <source>rows where only one of the two has a tenant: %1</source>
        <translation>Zeilen, bei denen nur eines der beiden Enden einen Mandanten hat: %1</translation>
    </message>
    <message>
        <source>foreign keys between tables of tenants: %1; without a finding: %2; that cannot cross: %3</source>
        <translation>Fremdschlüssel zwischen Tabellen von Mandanten: %1; ohne Befund: %2; die nicht kreuzen können: %3</translation>
    </message>
    <message>
        <source>text, json, or csv for the rows that were found.</source>
        <translation>text, json oder csv für die gefundenen Zeilen.</translation>
    </message>
    <message>
        <source>Asking about every foreign key</source>
        <translation>Jeder Fremdschlüssel wird befragt</translation>
    </message>
    <message>
        <source>rows that point at another tenant&apos;s row, and the keys that would prevent it</source>
        <translation>Zeilen, die auf die Zeile eines anderen Mandanten zeigen, und die Schlüssel, die es verhindern</translation>
    </message>
    <message>
        <source>Puts the one of two branches that is not applied on top of the other; of two such the newer one.</source>
        <translation>Setzt von zwei Zweigen den, der nicht angewendet ist, auf den anderen; von zweien den neueren.</translation>
    </message>
    <message>
        <source>%1: as answered before in meta/_sluice.json</source>
        <translation>%1: wie früher in meta/_sluice.json beantwortet</translation>
    </message>
    <message>
        <source>Apply it with &quot;sluice migrate&quot;: drizzle-kit&apos;s own migrator cannot run statements outside of a transaction</source>
        <translation>Mit „sluice migrate“ anwenden: drizzle-kit selbst kann keine Anweisungen außerhalb einer Transaktion ausführen</translation>
    </message>
    <message>
        <source>No safe variant, written as without --safe: %1</source>
        <translation>Keine sichere Variante, geschrieben wie ohne --safe: %1</translation>
    </message>
    <message>
        <source>prints what query would run for a tenant, and does not run it</source>
        <translation>gibt aus, was query für einen Mandanten ausführen würde, und führt es nicht aus</translation>
    </message>
    <message>
        <source>add --tenant T</source>
        <translation>--tenant T angeben</translation>
    </message>
    <message>
        <source>streams the rows of a table to standard output</source>
        <translation>gibt die Zeilen einer Tabelle auf der Standardausgabe aus</translation>
    </message>
    <message>
        <source>A table or view: name, schema.name.</source>
        <translation>Eine Tabelle oder View: Name, Schema.Name.</translation>
    </message>
    <message>
        <source>Exports the rows of all tenants.</source>
        <translation>Exportiert die Zeilen aller Mandanten.</translation>
    </message>
    <message>
        <source>Only rows that this SQL condition keeps.</source>
        <translation>Nur Zeilen, die diese SQL-Bedingung behält.</translation>
    </message>
    <message>
        <source>csv, json or sql.</source>
        <translation>csv, json oder sql.</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>what was printed is not complete</source>
        <translation>was ausgegeben wurde, ist nicht vollständig</translation>
    </message>
    <message>
        <source>reads rows from a CSV file, all or none; --dry-run lists the bad ones</source>
        <translation>liest Zeilen aus einer CSV-Datei, alle oder keine; --dry-run nennt die schlechten</translation>
    </message>
    <message>
        <source>A table: name, schema.name.</source>
        <translation>Eine Tabelle: name, schema.name.</translation>
    </message>
    <message>
        <source>A CSV file; - reads it from standard input.</source>
        <translation>Eine CSV-Datei; - liest sie von der Standardeingabe.</translation>
    </message>
    <message>
        <source>Which column takes one of the file that has another name; without a column it is left out. May be given several times.</source>
        <translation>Welche Spalte eine der Datei aufnimmt, die anders heißt; ohne Spalte wird sie weggelassen. Mehrmals möglich.</translation>
    </message>
    <message>
        <source>The first line is a row; the columns are called 1, 2, 3.</source>
        <translation>Die erste Zeile enthält schon Werte; die Spalten heißen 1, 2, 3.</translation>
    </message>
    <message>
        <source>One character or tab; else the file&apos;s beginning tells.</source>
        <translation>Ein Zeichen oder tab; sonst sagt es der Anfang der Datei.</translation>
    </message>
    <message>
        <source>utf-8 (also UTF-16 by its mark), latin1.</source>
        <translation>utf-8 (auch UTF-16 an seiner Marke), latin1.</translation>
    </message>
    <message>
        <source>What NULL is written as, instead of nothing without quotes.</source>
        <translation>Wie NULL geschrieben ist, statt als nichts ohne Anführungszeichen.</translation>
    </message>
    <message>
        <source>Imports rows of any tenant.</source>
        <translation>Importiert Zeilen beliebiger Mandanten.</translation>
    </message>
    <message>
        <source>What becomes of rows that are there already: stop, skip, update.</source>
        <translation>Was aus Zeilen wird, die es schon gibt: stop, skip, update.</translation>
    </message>
    <message>
        <source>Imports the good rows and keeps the bad ones in this new file; else all rows are imported or none.</source>
        <translation>Importiert die guten Zeilen und legt die schlechten in dieser neuen Datei ab; sonst werden alle Zeilen importiert oder keine.</translation>
    </message>
    <message>
        <source>Tries everything, lists the bad rows, and undoes it.</source>
        <translation>Probiert alles, nennt die schlechten Zeilen und macht es rückgängig.</translation>
    </message>
    <message>
        <source>Lets this one import write.</source>
        <translation>Lässt diesen einen Import schreiben.</translation>
    </message>
    <message>
        <source>Allows a server off this machine, for a dry run, too.</source>
        <translation>Erlaubt einen Server außerhalb dieses Rechners, auch für einen Probelauf.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no delimiter</source>
        <translation>„%1“ ist kein Trennzeichen</translation>
    </message>
    <message>
        <source>write one character or the word tab</source>
        <translation>schreibe ein Zeichen oder das Wort tab</translation>
    </message>
    <message>
        <source>--map does not say which column takes which: %1</source>
        <translation>--map sagt nicht, welche Spalte welche aufnimmt: %1</translation>
    </message>
    <message>
        <source>write --map title=column</source>
        <translation>schreibe --map Titel=Spalte</translation>
    </message>
    <message>
        <source>Standard input could not be kept in a temporary file</source>
        <translation>Die Standardeingabe konnte nicht in einer temporären Datei abgelegt werden</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>line %1, %2 %3: %4</source>
        <translation>Zeile %1, %2 %3: %4</translation>
    </message>
    <message>
        <source>… and more: %1 bad rows in all</source>
        <translation>… und weitere: insgesamt %1 schlechte Zeilen</translation>
    </message>
    <message>
        <source>rows: %1, good: %2, bad: %3</source>
        <translation>Zeilen: %1, gut: %2, schlecht: %3</translation>
    </message>
    <message>
        <source>new: %1, updated: %2, skipped: %3</source>
        <translation>neu: %1, geändert: %2, übersprungen: %3</translation>
    </message>
    <message>
        <source>imported (%1)</source>
        <translation>importiert (%1)</translation>
    </message>
    <message>
        <source>would be imported (%1); nothing was written</source>
        <translation>würde importiert (%1); nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>nothing was written</source>
        <translation>nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>The file for the bad rows is there already</source>
        <translation>Die Datei für die schlechten Zeilen gibt es schon</translation>
    </message>
    <message>
        <source>name another one</source>
        <translation>nenne eine andere</translation>
    </message>
    <message>
        <source>An import writes</source>
        <translation>Ein Import schreibt</translation>
    </message>
    <message>
        <source>add --write to allow it, or --dry-run to look first</source>
        <translation>erlaube es mit --write, oder sieh mit --dry-run erst nach</translation>
    </message>
    <message>
        <source>
A source is a project folder or its drizzle.config.* file, one .ts schema file, folder:&lt;project&gt;,
a snapshot .json, or a postgres:// URL. Every command has --help.

Exit codes: inspect, diff, check, status, audit, query, export and
import --dry-run: 0 nothing found, 1 something found, 2 not done.
generate, migrate, import and sample: 0 done or nothing to do, 2 not done.

An unchanged project is answered from what was kept of it; with SLUICE_NO_CACHE=1 in the
environment it is evaluated again.
</source>
        <translation>
Eine Quelle ist ein Projektordner oder seine drizzle.config.*-Datei, eine .ts-Schemadatei, folder:&lt;Projekt&gt;,
ein Snapshot .json oder eine postgres://-URL. Jeder Befehl hat --help.

Rückgabewerte: inspect, diff, check, status, audit, query, export und
import --dry-run: 0 nichts gefunden, 1 etwas gefunden, 2 nicht getan.
generate, migrate, import und sample: 0 getan oder nichts zu tun, 2 nicht getan.

Ein unverändertes Projekt wird aus dem beantwortet, was von ihm aufbewahrt ist; mit SLUICE_NO_CACHE=1
in der Umgebung wird es noch einmal ausgewertet.
</translation>
    </message>
    <message>
        <source>The id or label of a tenant within it, as of a project in an organization: &quot;nested&quot; in sluice.json says what that is.</source>
        <translation>Kennung oder Bezeichnung eines Mandanten darin, etwa eines Projekts in einer Organisation: Was das ist, sagt &quot;nested&quot; in sluice.json.</translation>
    </message>
    <message>
        <source>--nested is chosen within a tenant, and none is named</source>
        <translation>--nested wird innerhalb eines Mandanten gewählt, und keiner ist genannt</translation>
    </message>
    <message>
        <source>give the tenant&apos;s id or label</source>
        <translation>Kennung oder Bezeichnung des Mandanten nennen</translation>
    </message>
</context>
<context>
    <name>diff</name>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>null</source>
        <translation>NULL</translation>
    </message>
    <message>
        <source>add schema %1</source>
        <translation>Schema %1 hinzufügen</translation>
    </message>
    <message>
        <source>add table %1</source>
        <translation>Tabelle %1 hinzufügen</translation>
    </message>
    <message>
        <source>drop table %1</source>
        <translation>Tabelle %1 entfernen</translation>
    </message>
    <message>
        <source>add column %1: %2</source>
        <translation>Spalte %1 hinzufügen: %2</translation>
    </message>
    <message>
        <source>drop column %1: %2</source>
        <translation>Spalte %1 entfernen: %2</translation>
    </message>
    <message>
        <source>alter column %1: %2</source>
        <translation>Spalte %1 ändern: %2</translation>
    </message>
    <message>
        <source>add index %1</source>
        <translation>Index %1 hinzufügen</translation>
    </message>
    <message>
        <source>drop index %1</source>
        <translation>Index %1 entfernen</translation>
    </message>
    <message>
        <source>add foreign key %1: %2</source>
        <translation>Fremdschlüssel %1 hinzufügen: %2</translation>
    </message>
    <message>
        <source>drop foreign key %1: %2</source>
        <translation>Fremdschlüssel %1 entfernen: %2</translation>
    </message>
    <message>
        <source>add unique %1: (%2)</source>
        <translation>Unique %1 hinzufügen: (%2)</translation>
    </message>
    <message>
        <source>drop unique %1: (%2)</source>
        <translation>Unique %1 entfernen: (%2)</translation>
    </message>
    <message>
        <source>add check %1: %2</source>
        <translation>Check %1 hinzufügen: %2</translation>
    </message>
    <message>
        <source>drop check %1: %2</source>
        <translation>Check %1 entfernen: %2</translation>
    </message>
    <message>
        <source>add enum %1: %2</source>
        <translation>Aufzählung %1 hinzufügen: %2</translation>
    </message>
    <message>
        <source>drop enum %1</source>
        <translation>Aufzählung %1 entfernen</translation>
    </message>
    <message>
        <source>add value %1 to enum %2</source>
        <translation>Wert %1 zur Aufzählung %2 hinzufügen</translation>
    </message>
    <message>
        <source>add value %1 to enum %2 before %3</source>
        <translation>Wert %1 zur Aufzählung %2 vor %3 hinzufügen</translation>
    </message>
    <message>
        <source>Enums</source>
        <translation>Aufzählungen</translation>
    </message>
    <message>
        <source>%1: %2 in code, %3 in database</source>
        <translation>%1: %2 im Code, %3 in der Datenbank</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>→ %1</source>
        <translation>→ %1</translation>
    </message>
    <message>
        <source>→ %1 (many)</source>
        <translation>→ %1 (viele)</translation>
    </message>
    <message>
        <source>foreign key %1</source>
        <translation>Fremdschlüssel %1</translation>
    </message>
    <message>
        <source>the database has no foreign key for this relation</source>
        <translation>die Datenbank hat keinen Fremdschlüssel für diese Beziehung</translation>
    </message>
    <message>
        <source>only in code: %1</source>
        <translation>nur im Code: %1</translation>
    </message>
    <message>
        <source>only in database: %1</source>
        <translation>nur in der Datenbank: %1</translation>
    </message>
    <message>
        <source>different: %1</source>
        <translation>verschieden: %1</translation>
    </message>
    <message>
        <source>same type %1</source>
        <translation>gleicher Typ %1</translation>
    </message>
    <message>
        <source>same position</source>
        <translation>gleiche Stelle</translation>
    </message>
    <message>
        <source>similar name</source>
        <translation>ähnlicher Name</translation>
    </message>
    <message>
        <source>both NOT NULL</source>
        <translation>beide NOT NULL</translation>
    </message>
    <message>
        <source>%1 of %2 columns are the same</source>
        <translation>%1 von %2 Spalten sind gleich</translation>
    </message>
    <message>
        <source>command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>enum</source>
        <translation>Aufzählung</translation>
    </message>
    <message>
        <source>enum value</source>
        <translation>Aufzählungswert</translation>
    </message>
    <message>
        <source>view</source>
        <translation>View</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>primary key</source>
        <translation>Primärschlüssel</translation>
    </message>
    <message>
        <source>foreign key</source>
        <translation>Fremdschlüssel</translation>
    </message>
    <message>
        <source>unique constraint</source>
        <translation>Unique-Constraint</translation>
    </message>
    <message>
        <source>check</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>drop schema %1</source>
        <translation>Schema %1 löschen</translation>
    </message>
    <message>
        <source>switch row-level security on: %1</source>
        <translation>Row-Level Security einschalten: %1</translation>
    </message>
    <message>
        <source>switch row-level security off: %1</source>
        <translation>Row-Level Security ausschalten: %1</translation>
    </message>
    <message>
        <source>add primary key %1: (%2)</source>
        <translation>Primärschlüssel %1 hinzufügen: (%2)</translation>
    </message>
    <message>
        <source>drop primary key %1: (%2)</source>
        <translation>Primärschlüssel %1 löschen: (%2)</translation>
    </message>
    <message>
        <source>add policy %1</source>
        <translation>Richtlinie %1 hinzufügen</translation>
    </message>
    <message>
        <source>drop policy %1</source>
        <translation>Richtlinie %1 löschen</translation>
    </message>
    <message>
        <source>alter policy %1</source>
        <translation>Richtlinie %1 ändern</translation>
    </message>
    <message>
        <source>rebuild enum %1: %2 → %3</source>
        <translation>Aufzählung %1 neu aufbauen: %2 → %3</translation>
    </message>
    <message>
        <source>add sequence %1</source>
        <translation>Sequenz %1 hinzufügen</translation>
    </message>
    <message>
        <source>drop sequence %1</source>
        <translation>Sequenz %1 löschen</translation>
    </message>
    <message>
        <source>alter sequence %1</source>
        <translation>Sequenz %1 ändern</translation>
    </message>
    <message>
        <source>add role %1</source>
        <translation>Rolle %1 hinzufügen</translation>
    </message>
    <message>
        <source>drop role %1</source>
        <translation>Rolle %1 löschen</translation>
    </message>
    <message>
        <source>alter role %1</source>
        <translation>Rolle %1 ändern</translation>
    </message>
    <message>
        <source>add view %1</source>
        <translation>View %1 hinzufügen</translation>
    </message>
    <message>
        <source>drop view %1</source>
        <translation>View %1 löschen</translation>
    </message>
    <message>
        <source>alter view %1</source>
        <translation>View %1 ändern</translation>
    </message>
    <message>
        <source>rename %1 %2 → %3</source>
        <translation>%1 %2 umbenennen → %3</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>generated</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>%1 %2 is gone and %3 is new: %4</source>
        <translation>%1 %2 ist weg und %3 ist neu: %4</translation>
    </message>
    <message>
        <source>same name in another schema</source>
        <translation>gleicher Name in einem anderen Schema</translation>
    </message>
    <message>
        <source>the same foreign keys point at it</source>
        <translation>dieselben Fremdschlüssel zeigen darauf</translation>
    </message>
    <message>
        <source>%1 rows would be lost</source>
        <translation>%1 Zeilen gingen verloren</translation>
    </message>
    <message>
        <source>%1 of %2 values are the same</source>
        <translation>%1 von %2 Werten sind gleich</translation>
    </message>
    <message>
        <source>the same columns have it</source>
        <translation>dieselben Spalten haben ihn</translation>
    </message>
    <message>
        <source>same definition</source>
        <translation>gleiche Definition</translation>
    </message>
    <message>
        <source>same options</source>
        <translation>gleiche Optionen</translation>
    </message>
    <message>
        <source>the same policies are for it</source>
        <translation>dieselben Policies gelten für sie</translation>
    </message>
    <message>
        <source>%1 of %2 tables have the same name</source>
        <translation>%1 von %2 Tabellen heißen gleich</translation>
    </message>
    <message>
        <source>both point at %1</source>
        <translation>beide zeigen auf %1</translation>
    </message>
    <message>
        <source>same default</source>
        <translation>gleicher Standardwert</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>materialized</source>
        <translation>materialisiert</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>row-level security</source>
        <translation>Zeilensicherheit</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>definition</source>
        <translation>Definition</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>%1 (not valid)</source>
        <translation>%1 (nicht gültig)</translation>
    </message>
</context>
<context>
    <name>edits</name>
    <message>
        <source>The staged edits of the last time cannot be read</source>
        <translation>Die vorgemerkten Änderungen vom letzten Mal sind nicht lesbar</translation>
    </message>
    <message>
        <source>The staged edits were kept by a newer Sluice</source>
        <translation>Die vorgemerkten Änderungen stammen von einem neueren Sluice</translation>
    </message>
    <message>
        <source>commit or discard them there</source>
        <translation>dort speichern oder verwerfen</translation>
    </message>
    <message>
        <source>%1, new row %2</source>
        <translation>%1, neue Zeile %2</translation>
    </message>
    <message>
        <source>The staged edits cannot be written</source>
        <translation>Die vorgemerkten Änderungen können nicht geschrieben werden</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1 Zeichen</translation>
    </message>
    <message>
        <source>the table has another key by now</source>
        <translation>die Tabelle hat inzwischen einen anderen Schlüssel</translation>
    </message>
    <message>
        <source>discard the change and make it again</source>
        <translation>die Änderung verwerfen und noch einmal machen</translation>
    </message>
    <message>
        <source>choose that tenant again, or all tenants</source>
        <translation>jenen Mandanten wieder wählen, oder alle Mandanten</translation>
    </message>
    <message>
        <source>the table has no column %1 any more</source>
        <translation>die Tabelle hat keine Spalte %1 mehr</translation>
    </message>
    <message>
        <source>discard the change</source>
        <translation>die Änderung verwerfen</translation>
    </message>
    <message>
        <source>the table is not in the database</source>
        <translation>die Tabelle ist nicht in der Datenbank</translation>
    </message>
    <message>
        <source>a value is needed for %1</source>
        <translation>es fehlt ein Wert für %1</translation>
    </message>
    <message>
        <source>give it, or discard the row</source>
        <translation>ihn angeben oder die Zeile verwerfen</translation>
    </message>
    <message>
        <source>%1 is generated: the server computes it</source>
        <translation>%1 wird erzeugt: Der Server berechnet sie</translation>
    </message>
    <message>
        <source>%1 is an identity: the server counts it</source>
        <translation>%1 ist eine Identität: Der Server zählt sie</translation>
    </message>
    <message>
        <source>the table has neither a primary key nor a unique one that is NOT NULL: its rows cannot be told apart</source>
        <translation>die Tabelle hat weder einen Primärschlüssel noch einen eindeutigen, der NOT NULL ist: Ihre Zeilen sind nicht zu unterscheiden</translation>
    </message>
    <message>
        <source>give it a primary key</source>
        <translation>ihr einen Primärschlüssel geben</translation>
    </message>
    <message>
        <source>its rows are the same for all tenants</source>
        <translation>ihre Zeilen sind für alle Mandanten dieselben</translation>
    </message>
    <message>
        <source>choose all tenants to change them</source>
        <translation>alle Mandanten wählen, um sie zu ändern</translation>
    </message>
    <message>
        <source>nothing says whose its rows are: no %1 and no path to one</source>
        <translation>nichts sagt, wem ihre Zeilen gehören: kein %1 und kein Weg dorthin</translation>
    </message>
    <message>
        <source>the row would not belong to the chosen tenant any more</source>
        <translation>die Zeile würde dem gewählten Mandanten nicht mehr gehören</translation>
    </message>
    <message>
        <source>choose all tenants to move a row</source>
        <translation>alle Mandanten wählen, um eine Zeile zu verschieben</translation>
    </message>
    <message>
        <source>No order of the statements is possible</source>
        <translation>Die Anweisungen lassen sich in keine Reihenfolge bringen</translation>
    </message>
    <message>
        <source>these rows need each other in a circle: they point at each other, or exchange values that are unique</source>
        <translation>diese Zeilen brauchen einander im Kreis: Sie verweisen aufeinander oder tauschen Werte, die eindeutig sind</translation>
    </message>
    <message>
        <source>Commit it in two steps: leave one of the values empty first</source>
        <translation>In zwei Schritten speichern: einen der Werte zuerst leer lassen</translation>
    </message>
    <message>
        <source>it does not lie in the schema of the chosen tenant</source>
        <translation>sie liegt nicht im Schema des gewählten Mandanten</translation>
    </message>
    <message>
        <source>choose the tenant whose schema it is</source>
        <translation>den Mandanten wählen, dessen Schema es ist</translation>
    </message>
    <message>
        <source>nothing says whose its rows are</source>
        <translation>nichts sagt, wem ihre Zeilen gehören</translation>
    </message>
    <message>
        <source>it was staged in the %1 %2</source>
        <translation>sie wurde in %1 %2 vorgemerkt</translation>
    </message>
    <message>
        <source>choose that one again, or the whole tenant</source>
        <translation>jenes wieder wählen, oder den ganzen Mandanten</translation>
    </message>
    <message>
        <source>its rows are those of the tenant as a whole, not of one %1</source>
        <translation>ihre Zeilen sind die des ganzen Mandanten, nicht die einer %1</translation>
    </message>
    <message>
        <source>choose the whole tenant to change them</source>
        <translation>den ganzen Mandanten wählen, um sie zu ändern</translation>
    </message>
    <message>
        <source>the row would not belong to the chosen %1 any more</source>
        <translation>die Zeile würde nicht mehr zur gewählten %1 gehören</translation>
    </message>
    <message>
        <source>choose the whole tenant to move a row</source>
        <translation>den ganzen Mandanten wählen, um eine Zeile zu verschieben</translation>
    </message>
    <message>
        <source>nobody said whether the schema %1 is a tenant&apos;s</source>
        <translation>niemand hat gesagt, ob das Schema %1 einem Mandanten gehört</translation>
    </message>
    <message>
        <source>add it to &quot;schemas&quot; in sluice.json, or say of the table that it is the same for every tenant</source>
        <translation>es in sluice.json zu „schemas“ hinzufügen oder von der Tabelle sagen, dass sie für jeden Mandanten gleich ist</translation>
    </message>
    <message>
        <source>it was staged in another tenant, %1</source>
        <translation>sie wurde bei einem anderen Mandanten vorgemerkt, %1</translation>
    </message>
</context>
<context>
    <name>load</name>
    <message>
        <source>Move the file into the workspace, or open the folder that holds both</source>
        <translation>Die Datei in den Arbeitsbereich verschieben oder den Ordner öffnen, der beides enthält</translation>
    </message>
    <message>
        <source>No temporary folder can be made</source>
        <translation>Ein temporärer Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The folder holds several drizzle configs</source>
        <translation>Der Ordner enthält mehrere Drizzle-Konfigurationen</translation>
    </message>
    <message>
        <source>Open one of these files instead of the folder</source>
        <translation>Eine dieser Dateien statt des Ordners öffnen</translation>
    </message>
    <message>
        <source>No drizzle config was found</source>
        <translation>Keine Drizzle-Konfiguration gefunden</translation>
    </message>
    <message>
        <source>Open the folder that holds the config, or one schema file</source>
        <translation>Den Ordner mit der Konfiguration oder eine Schemadatei öffnen</translation>
    </message>
    <message>
        <source>The project is not for PostgreSQL</source>
        <translation>Das Projekt ist nicht für PostgreSQL</translation>
    </message>
    <message>
        <source>its dialect is %1</source>
        <translation>sein Dialekt ist %1</translation>
    </message>
    <message>
        <source>Open a config with dialect: &quot;postgresql&quot;</source>
        <translation>Eine Konfiguration mit dialect: &quot;postgresql&quot; öffnen</translation>
    </message>
    <message>
        <source>it is taken from %1</source>
        <translation>er kommt aus %1</translation>
    </message>
    <message>
        <source>The project is not there</source>
        <translation>Das Projekt ist nicht da</translation>
    </message>
    <message>
        <source>no such file or folder</source>
        <translation>keine solche Datei und kein solcher Ordner</translation>
    </message>
    <message>
        <source>Check the path</source>
        <translation>Den Pfad prüfen</translation>
    </message>
    <message>
        <source>The drizzle config names no schema</source>
        <translation>Die Drizzle-Konfiguration nennt kein Schema</translation>
    </message>
    <message>
        <source>Add `schema`: a file, a folder or a glob</source>
        <translation>`schema` ergänzen: eine Datei, einen Ordner oder ein Muster</translation>
    </message>
    <message>
        <source>the environment</source>
        <translation>der Umgebung</translation>
    </message>
    <message>
        <source>%1 (in %2)</source>
        <translation>%1 (in %2)</translation>
    </message>
    <message>
        <source>the drizzle config</source>
        <translation>die Drizzle-Konfiguration</translation>
    </message>
    <message>
        <source>the schema</source>
        <translation>das Schema</translation>
    </message>
    <message>
        <source>%1 lands in the schema (%2), but its package is not evaluated</source>
        <translation>%1 gerät ins Schema (%2), aber das Paket wird nicht ausgewertet</translation>
    </message>
    <message>
        <source>Sluice evaluates the project, drizzle-orm and zod; write the value into the project itself</source>
        <translation>Sluice wertet das Projekt, drizzle-orm und zod aus; den Wert in das Projekt selbst schreiben</translation>
    </message>
    <message>
        <source>The SQL of %1 holds a parameter ($1), which a database does not accept in a definition</source>
        <translation>Das SQL von %1 enthält einen Parameter ($1), den eine Datenbank in einer Definition nicht annimmt</translation>
    </message>
    <message>
        <source>The SQL default of %1 holds a parameter, which drizzle-kit refuses</source>
        <translation>Die SQL-Vorgabe von %1 enthält einen Parameter, den drizzle-kit ablehnt</translation>
    </message>
    <message>
        <source>Write the value as a literal, or with sql.raw()</source>
        <translation>Den Wert als Literal oder mit sql.raw() schreiben</translation>
    </message>
    <message>
        <source>A foreign key of %1 points at nothing: %2</source>
        <translation>Ein Fremdschlüssel von %1 zeigt auf nichts: %2</translation>
    </message>
    <message>
        <source>Check that the table it names is exported and imported</source>
        <translation>Prüfen, ob die genannte Tabelle exportiert und importiert ist</translation>
    </message>
    <message>
        <source>An index of %1 on an expression has no name</source>
        <translation>Ein Index von %1 über einen Ausdruck hat keinen Namen</translation>
    </message>
    <message>
        <source>Give it a name; one can only be made from columns</source>
        <translation>Ihm einen Namen geben; nur aus Spalten lässt sich einer bilden</translation>
    </message>
    <message>
        <source>Index %1 of %2 is on a vector and names no operator class</source>
        <translation>Index %1 von %2 liegt über einem Vektor und nennt keine Operatorklasse</translation>
    </message>
    <message>
        <source>Name one, for example .op(&quot;vector_l2_ops&quot;)</source>
        <translation>Eine nennen, zum Beispiel .op(&quot;vector_l2_ops&quot;)</translation>
    </message>
    <message>
        <source>Index %1 of %2 has a name that another index of the schema has</source>
        <translation>Index %1 von %2 heißt wie ein anderer Index des Schemas</translation>
    </message>
    <message>
        <source>Rename one of them</source>
        <translation>Einen davon umbenennen</translation>
    </message>
    <message>
        <source>Unique constraint %1 appears twice in %2</source>
        <translation>Unique %1 steht zweimal in %2</translation>
    </message>
    <message>
        <source>Check %1 appears twice in %2</source>
        <translation>Check %1 steht zweimal in %2</translation>
    </message>
    <message>
        <source>Policy %1 appears twice on %2</source>
        <translation>Policy %1 steht zweimal an %2</translation>
    </message>
    <message>
        <source>View %1 appears twice</source>
        <translation>Sicht %1 steht zweimal da</translation>
    </message>
    <message>
        <source>Policy %1 belongs to no table and is left out</source>
        <translation>Policy %1 gehört zu keiner Tabelle und wird ausgelassen</translation>
    </message>
    <message>
        <source>%1 did not finish within %2 seconds</source>
        <translation>%1 wurde nicht innerhalb von %2 Sekunden fertig</translation>
    </message>
    <message>
        <source>The work was cancelled</source>
        <translation>Die Arbeit wurde abgebrochen</translation>
    </message>
    <message>
        <source>The project cannot be loaded</source>
        <translation>Das Projekt lässt sich nicht laden</translation>
    </message>
    <message>
        <source>The schema files of the project are not there</source>
        <translation>Die Schemadateien des Projekts sind nicht da</translation>
    </message>
    <message>
        <source>nothing in %1 matches</source>
        <translation>nichts in %1 passt</translation>
    </message>
    <message>
        <source>Correct `schema` in the drizzle config</source>
        <translation>`schema` in der Drizzle-Konfiguration berichtigen</translation>
    </message>
    <message>
        <source>The schema re-exports all of %1, a package that is not evaluated: tables in it would be lost</source>
        <translation>Das Schema reexportiert alles aus %1, einem Paket, das nicht ausgewertet wird: Tabellen darin gingen verloren</translation>
    </message>
    <message>
        <source>Sluice evaluates the project, drizzle-orm and zod; import the package&apos;s files by their path inside the workspace</source>
        <translation>Sluice wertet das Projekt, drizzle-orm und zod aus; die Dateien des Pakets über ihren Pfad im Arbeitsbereich importieren</translation>
    </message>
    <message>
        <source>Correct the file and save it</source>
        <translation>Die Datei berichtigen und speichern</translation>
    </message>
    <message>
        <source>Evaluating %1 did not end within %2 seconds</source>
        <translation>Die Auswertung von %1 endete nicht innerhalb von %2 Sekunden</translation>
    </message>
    <message>
        <source>Look for a loop that does not end</source>
        <translation>Nach einer Schleife suchen, die nicht endet</translation>
    </message>
    <message>
        <source>Evaluating %1 needs more memory than it may use (%2 MiB)</source>
        <translation>Die Auswertung von %1 braucht mehr Speicher, als sie darf (%2 MiB)</translation>
    </message>
    <message>
        <source>Look for something that grows without end</source>
        <translation>Nach etwas suchen, das ohne Ende wächst</translation>
    </message>
    <message>
        <source>The evaluator failed on %1</source>
        <translation>Der Auswerter scheiterte an %1</translation>
    </message>
    <message>
        <source>Evaluating %1 failed: its code throws an error</source>
        <translation>Die Auswertung von %1 scheiterte: der Code wirft einen Fehler</translation>
    </message>
    <message>
        <source>Correct the code; only the project&apos;s .env files and DATABASE_*, POSTGRES_* and PG* variables are visible to it</source>
        <translation>Den Code berichtigen; er sieht nur die .env-Dateien des Projekts und die Variablen DATABASE_*, POSTGRES_* und PG*</translation>
    </message>
    <message>
        <source>The evaluator ended unexpectedly while evaluating %1</source>
        <translation>Der Auswerter endete unerwartet bei der Auswertung von %1</translation>
    </message>
    <message>
        <source>it was stopped by signal %1</source>
        <translation>er wurde von Signal %1 beendet</translation>
    </message>
    <message>
        <source>The code asks for more than the sandbox gives; please report it with the schema</source>
        <translation>Der Code verlangt mehr, als die Sandbox hergibt; bitte mit dem Schema melden</translation>
    </message>
    <message>
        <source>A helper program of Sluice cannot be started</source>
        <translation>Ein Hilfsprogramm von Sluice lässt sich nicht starten</translation>
    </message>
    <message>
        <source>Build or install Sluice again</source>
        <translation>Sluice neu bauen oder installieren</translation>
    </message>
    <message>
        <source>imported by %1</source>
        <translation>importiert über %1</translation>
    </message>
    <message>
        <source>It imports %1, which is not inside of %2</source>
        <translation>Sie importiert %1, was nicht in %2 liegt</translation>
    </message>
    <message>
        <source>It imports &quot;%1&quot;, and there is no such file</source>
        <translation>Sie importiert „%1“, und diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>Correct the import, or make the file</source>
        <translation>Den Import berichtigen oder die Datei anlegen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is an alias of tsconfig.json, and there is no such file; what it exports is not known</source>
        <translation>„%1“ ist ein Alias aus tsconfig.json, und diese Datei gibt es nicht; was sie exportiert, ist unbekannt</translation>
    </message>
    <message>
        <source>A file of the project cannot be loaded</source>
        <translation>Eine Datei des Projekts kann nicht geladen werden</translation>
    </message>
    <message>
        <source>The file is too large for a schema: %1 MB of at most %2</source>
        <translation>Die Datei ist zu groß für ein Schema: %1 MB von höchstens %2</translation>
    </message>
    <message>
        <source>Import no data into the schema</source>
        <translation>Keine Daten in das Schema importieren</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>Check who may read it</source>
        <translation>Prüfen, wer sie lesen darf</translation>
    </message>
    <message>
        <source>The file is not UTF-8</source>
        <translation>Die Datei ist kein UTF-8</translation>
    </message>
    <message>
        <source>Save it in the encoding UTF-8</source>
        <translation>In der Kodierung UTF-8 speichern</translation>
    </message>
    <message>
        <source>The project&apos;s drizzle-orm %1 cannot be bundled; Sluice&apos;s %2 was used</source>
        <translation>Das drizzle-orm %1 des Projekts lässt sich nicht bündeln; verwendet wurde das von Sluice, %2</translation>
    </message>
    <message>
        <source>Install the project&apos;s packages again</source>
        <translation>Die Pakete des Projekts neu installieren</translation>
    </message>
    <message>
        <source>The project wants drizzle-orm %1, which is not installed; Sluice&apos;s %2 was used</source>
        <translation>Das Projekt verlangt drizzle-orm %1, das nicht installiert ist; verwendet wurde das von Sluice, %2</translation>
    </message>
    <message>
        <source>Install the project&apos;s packages, and reload</source>
        <translation>Die Pakete des Projekts installieren und neu laden</translation>
    </message>
    <message>
        <source>What esbuild made of the project cannot be read</source>
        <translation>Was esbuild aus dem Projekt gemacht hat, lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The default of %1 cannot be written as SQL: %2</source>
        <translation>Die Vorgabe von %1 lässt sich nicht als SQL schreiben: %2</translation>
    </message>
    <message>
        <source>Write it as SQL text, or correct the value</source>
        <translation>Sie als SQL-Text schreiben oder den Wert berichtigen</translation>
    </message>
    <message>
        <source>The drizzle config cannot be evaluated; what is written in it as text was taken. %1</source>
        <translation>Die Drizzle-Konfiguration kann nicht ausgewertet werden; verwendet wurde, was als Text darin steht. %1</translation>
    </message>
    <message>
        <source>Set the variables it needs in the project&apos;s .env file</source>
        <translation>Die Variablen, die sie braucht, in der .env-Datei des Projekts setzen</translation>
    </message>
    <message>
        <source>The drizzle config is not an object</source>
        <translation>Die Drizzle-Konfiguration ist kein Objekt</translation>
    </message>
    <message>
        <source>it is made by %1, which is not evaluated</source>
        <translation>sie kommt aus %1, das nicht ausgewertet wird</translation>
    </message>
    <message>
        <source>it is a list</source>
        <translation>sie ist eine Liste</translation>
    </message>
    <message>
        <source>it is a %1</source>
        <translation>sie ist vom Typ %1</translation>
    </message>
    <message>
        <source>drizzle-kit takes one object: write a file for each database</source>
        <translation>drizzle-kit nimmt ein Objekt: je Datenbank eine Datei schreiben</translation>
    </message>
    <message>
        <source>looked for %1 here and in the folders below, and for one schema</source>
        <translation>gesucht wurde nach %1, hier und in den Ordnern darunter, und nach einem einzigen Schema</translation>
    </message>
    <message>
        <source>the driver pglite keeps its database in a folder, inside of Node</source>
        <translation>der Treiber pglite hält seine Datenbank in einem Ordner, innerhalb von Node</translation>
    </message>
    <message>
        <source>the driver aws-data-api talks to Amazon&apos;s service, not to a server</source>
        <translation>der Treiber aws-data-api spricht mit Amazons Dienst, nicht mit einem Server</translation>
    </message>
    <message>
        <source>the url of dbCredentials does not begin with postgres://</source>
        <translation>die url in dbCredentials beginnt nicht mit postgres://</translation>
    </message>
    <message>
        <source>It extends &quot;%1&quot;, and there is no such file</source>
        <translation>Sie erweitert „%1“, und diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>drizzle-kit would run this file of the schema folder as JavaScript, and fail</source>
        <translation>drizzle-kit würde diese Datei des Schemaordners als JavaScript ausführen und scheitern</translation>
    </message>
    <message>
        <source>Move it out of the folder, or name the files in `schema`</source>
        <translation>Sie aus dem Ordner nehmen oder in `schema` die Dateien nennen</translation>
    </message>
    <message>
        <source>It cannot be read: %1</source>
        <translation>Sie kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>A foreign key of %1 points at a column that is not there</source>
        <translation>Ein Fremdschlüssel von %1 zeigt auf eine Spalte, die es nicht gibt</translation>
    </message>
    <message>
        <source>Check the name of the column it points at</source>
        <translation>Prüfen Sie den Namen der Spalte, auf die er zeigt</translation>
    </message>
    <message>
        <source>The project&apos;s code replaces %1, which the schema is evaluated with</source>
        <translation>Der Code des Projekts ersetzt %1, womit das Schema ausgewertet wird</translation>
    </message>
    <message>
        <source>Remove the replacement from what the schema imports</source>
        <translation>Entfernen Sie die Ersetzung aus dem, was das Schema importiert</translation>
    </message>
    <message>
        <source>%1 cannot be read and is left out: %2</source>
        <translation>%1 lässt sich nicht lesen und fehlt: %2</translation>
    </message>
    <message>
        <source>The export %1 cannot be read and is left out: %2</source>
        <translation>Der Export %1 lässt sich nicht lesen und fehlt: %2</translation>
    </message>
    <message>
        <source>The indexes and constraints of %1 cannot be read and are left out: %2</source>
        <translation>Die Indizes und Bedingungen von %1 lassen sich nicht lesen und fehlen: %2</translation>
    </message>
    <message>
        <source>Check the function behind the table&apos;s columns</source>
        <translation>Prüfen Sie die Funktion hinter den Spalten der Tabelle</translation>
    </message>
    <message>
        <source>%1 has something among its indexes and constraints that is neither</source>
        <translation>%1 hat unter den Indizes und Bedingungen etwas, das keines von beiden ist</translation>
    </message>
    <message>
        <source>Return the builders themselves in an array</source>
        <translation>Geben Sie die Objekte selbst in einem Array zurück</translation>
    </message>
    <message>
        <source>%1 is left out, because the column %2 is</source>
        <translation>%1 fehlt, weil die Spalte %2 fehlt</translation>
    </message>
    <message>
        <source>Correct the column first</source>
        <translation>Korrigieren Sie zuerst die Spalte</translation>
    </message>
    <message>
        <source>A foreign key of %1 points at %2, a table that no schema file exports</source>
        <translation>Ein Fremdschlüssel von %1 zeigt auf %2, eine Tabelle, die keine Schemadatei exportiert</translation>
    </message>
    <message>
        <source>Export the table: drizzle-kit does not create it otherwise</source>
        <translation>Exportieren Sie die Tabelle: Sonst legt drizzle-kit sie nicht an</translation>
    </message>
    <message>
        <source>Table %1 is declared and not exported: drizzle-kit does not see it</source>
        <translation>Tabelle %1 ist deklariert und nicht exportiert: drizzle-kit sieht sie nicht</translation>
    </message>
    <message>
        <source>Export it from a schema file</source>
        <translation>Exportieren Sie sie aus einer Schemadatei</translation>
    </message>
    <message>
        <source>Enum %1 is declared and not exported: drizzle-kit does not create it</source>
        <translation>Enum %1 ist deklariert und nicht exportiert: drizzle-kit legt es nicht an</translation>
    </message>
    <message>
        <source>%1 is declared again as %2, which takes the place of this declaration</source>
        <translation>%1 ist als %2 noch einmal deklariert, was diese Deklaration ersetzt</translation>
    </message>
    <message>
        <source>Rename or remove one of them</source>
        <translation>Benennen Sie eine davon um, oder entfernen Sie sie</translation>
    </message>
    <message>
        <source>%1 is already declared as %2; this declaration takes its place</source>
        <translation>%1 ist bereits als %2 deklariert; diese Deklaration ersetzt sie</translation>
    </message>
    <message>
        <source>%1 is already declared as %2; this declaration is left out</source>
        <translation>%1 ist bereits als %2 deklariert; diese Deklaration zählt nicht</translation>
    </message>
    <message>
        <source>Relations cannot be read and are left out: %1</source>
        <translation>Beziehungen lassen sich nicht lesen und fehlen: %1</translation>
    </message>
    <message>
        <source>The relation %1 cannot be read and is left out: %2</source>
        <translation>Die Beziehung %1 lässt sich nicht lesen und fehlt: %2</translation>
    </message>
    <message>
        <source>The relation %1 names something that is no column</source>
        <translation>Die Beziehung %1 nennt etwas, das keine Spalte ist</translation>
    </message>
    <message>
        <source>Check its fields and references</source>
        <translation>Prüfen Sie ihre „fields“ und „references“</translation>
    </message>
    <message>
        <source>The relation %1 names the column %2, which is not a column of %3</source>
        <translation>Die Beziehung %1 nennt die Spalte %2, die keine Spalte von %3 ist</translation>
    </message>
    <message>
        <source>Fields are columns of the table itself, references those of its target</source>
        <translation>„fields“ sind Spalten der Tabelle selbst, „references“ die ihres Ziels</translation>
    </message>
    <message>
        <source>The relation %1 has %2 fields and %3 references</source>
        <translation>Die Beziehung %1 hat %2 „fields“ und %3 „references“</translation>
    </message>
    <message>
        <source>Name as many fields as references</source>
        <translation>Nennen Sie gleich viele „fields“ und „references“</translation>
    </message>
    <message>
        <source>The relation %1 needs the table %2, which is not in the schema</source>
        <translation>Die Beziehung %1 braucht die Tabelle %2, die nicht im Schema ist</translation>
    </message>
    <message>
        <source>Export the table from a schema file</source>
        <translation>Exportieren Sie die Tabelle aus einer Schemadatei</translation>
    </message>
    <message>
        <source>The relation %1 has no columns, and %2 has no relation back that has them: a query cannot follow it</source>
        <translation>Die Beziehung %1 nennt keine Spalten, und %2 hat keine Beziehung zurück, die sie nennt: Eine Abfrage kann ihr nicht folgen</translation>
    </message>
    <message>
        <source>Declare the other side with its columns</source>
        <translation>Deklarieren Sie die andere Seite mit ihren Spalten</translation>
    </message>
    <message>
        <source>The relation %1 has several relations of %2 as its other side: a query cannot follow it</source>
        <translation>Die Beziehung %1 hat mehrere Beziehungen von %2 als Gegenseite: Eine Abfrage kann ihr nicht folgen</translation>
    </message>
    <message>
        <source>Give both sides of each the same name</source>
        <translation>Geben Sie jeweils beiden Seiten denselben Namen</translation>
    </message>
    <message>
        <source>%1 is declared here, and no file of the schema imports this one</source>
        <translation>%1 ist hier deklariert, und keine Datei des Schemas importiert diese</translation>
    </message>
    <message>
        <source>Export it from %1, or name the file in `schema`</source>
        <translation>Aus %1 exportieren oder die Datei in `schema` nennen</translation>
    </message>
    <message>
        <source>The relations in this file are not read: %1</source>
        <translation>Die Beziehungen in dieser Datei werden nicht gelesen: %1</translation>
    </message>
    <message>
        <source>The relations in %1 are not read, because its code throws: %2</source>
        <translation>Die Beziehungen in %1 werden nicht gelesen, weil der Code dort eine Ausnahme wirft: %2</translation>
    </message>
    <message>
        <source>%1 of %2 names something that is no column</source>
        <translation>%1 von %2 nennt etwas, das keine Spalte ist</translation>
    </message>
    <message>
        <source>Name columns of the table; the installed drizzle-orm may take them in another form</source>
        <translation>Nennen Sie Spalten der Tabelle; das installierte drizzle-orm nimmt sie vielleicht in anderer Form</translation>
    </message>
    <message>
        <source>The schema names it, and it is not inside of %1</source>
        <translation>Das Schema nennt sie, und sie liegt nicht in %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>A value of the drizzle config is not known</source>
        <translation>Ein Wert der Drizzle-Konfiguration ist nicht bekannt</translation>
    </message>
    <message>
        <source>Set it in the project&apos;s .env file, or write the value itself</source>
        <translation>In der .env-Datei des Projekts setzen oder den Wert selbst hinschreiben</translation>
    </message>
    <message>
        <source>The drizzle config names an unknown casing</source>
        <translation>Die Drizzle-Konfiguration nennt ein unbekanntes „casing“</translation>
    </message>
    <message>
        <source>Write &quot;camelCase&quot; or &quot;snake_case&quot;</source>
        <translation>„camelCase“ oder „snake_case“ schreiben</translation>
    </message>
    <message>
        <source>esbuild needs more memory than it may use (%1 MiB)</source>
        <translation>esbuild braucht mehr Speicher, als es benutzen darf (%1 MiB)</translation>
    </message>
    <message>
        <source>Look for a package.json, or a file that a tsconfig.json extends, that is very large or no ordinary file</source>
        <translation>Nach einer package.json oder einer Datei suchen, die eine tsconfig.json erweitert, die sehr groß oder keine gewöhnliche Datei ist</translation>
    </message>
    <message>
        <source>Correct the name; or make the file, if the project&apos;s framework makes it</source>
        <translation>Den Namen berichtigen, oder die Datei erzeugen lassen, wenn das Framework des Projekts sie anlegt</translation>
    </message>
    <message>
        <source>%1 lands in the schema (%2), and no tsconfig.json says which file that is</source>
        <translation>%1 gelangt in das Schema (%2), und keine tsconfig.json sagt, welche Datei das ist</translation>
    </message>
    <message>
        <source>Add the alias to the paths of tsconfig.json; a framework may make that file when the project is prepared</source>
        <translation>Den Alias bei paths in der tsconfig.json eintragen; manche Frameworks erzeugen diese Datei, wenn das Projekt vorbereitet wird</translation>
    </message>
    <message>
        <source>What needs %1 is left out, from here on: that file cannot be read</source>
        <translation>Was %1 braucht, fehlt ab hier: Diese Datei lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Correct that file first</source>
        <translation>Zuerst diese Datei berichtigen</translation>
    </message>
    <message>
        <source>A foreign key of %1 points at %2, a table of a schema that the project does not export: it has to be there already</source>
        <translation>Ein Fremdschlüssel von %1 zeigt auf %2, eine Tabelle eines Schemas, das das Projekt nicht exportiert: Sie muss schon vorhanden sein</translation>
    </message>
    <message>
        <source>Export the table and its schema when they are the project&apos;s</source>
        <translation>Die Tabelle und ihr Schema exportieren, wenn sie zum Projekt gehören</translation>
    </message>
    <message>
        <source>%1 is computed with as a number, and its package is not evaluated: what is counted or compared by it may be wrong</source>
        <translation>Mit %1 wird wie mit einer Zahl gerechnet, aber das Paket wird nicht ausgewertet: Was damit gezählt oder verglichen wird, kann falsch sein</translation>
    </message>
    <message>
        <source>Write the number into the project itself</source>
        <translation>Die Zahl in das Projekt selbst schreiben</translation>
    </message>
    <message>
        <source>%1 is used, but Sluice does not evaluate it; none of its values is in the schema, and conditions on it may turn out differently</source>
        <translation>%1 wird benutzt, aber von Sluice nicht ausgewertet; keiner seiner Werte steht im Schema, und Bedingungen darüber können anders ausgehen</translation>
    </message>
    <message>
        <source>The file of variables %1 is not read: opening a project must not lead to production</source>
        <translation>Die Variablendatei %1 wird nicht gelesen: Ein Projekt zu öffnen darf nicht zum Produktivsystem führen</translation>
    </message>
    <message>
        <source>The file of variables %1 is not read: it is not inside of %2</source>
        <translation>Die Variablendatei %1 wird nicht gelesen: Sie liegt nicht in %2</translation>
    </message>
    <message>
        <source>Set the variables it has in the project&apos;s .env file</source>
        <translation>Ihre Variablen in der .env-Datei des Projekts setzen</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>The project&apos;s drizzle-orm %1 is not used, because it is not inside of %2; Sluice&apos;s %3 was used</source>
        <translation>drizzle-orm %1 des Projekts wird nicht verwendet, weil es nicht in %2 liegt; verwendet wurde das %3 von Sluice</translation>
    </message>
    <message>
        <source>Install the project&apos;s packages inside of its workspace</source>
        <translation>Die Pakete des Projekts innerhalb seines Arbeitsbereichs installieren</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Typen</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Vorgabewerte</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>Indexe</translation>
    </message>
    <message>
        <source>Expressions of indexes</source>
        <translation>Ausdrücke von Indexen</translation>
    </message>
    <message>
        <source>Constraints</source>
        <translation>Constraints</translation>
    </message>
    <message>
        <source>NOT NULL constraints</source>
        <translation>NOT-NULL-Constraints</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Policies</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>Trigger</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Extensions</source>
        <translation>Erweiterungen</translation>
    </message>
    <message>
        <source>Extended statistics</source>
        <translation>Erweiterte Statistiken</translation>
    </message>
    <message>
        <source>Operators, collations, publications and the like</source>
        <translation>Operatoren, Sortierfolgen, Publikationen und Ähnliches</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Dependencies</source>
        <translation>Abhängigkeiten</translation>
    </message>
    <message>
        <source>PostgreSQL %1 is too old</source>
        <translation>PostgreSQL %1 ist zu alt</translation>
    </message>
    <message>
        <source>Sluice reads PostgreSQL %1 and newer</source>
        <translation>Sluice liest PostgreSQL %1 und neuere Versionen</translation>
    </message>
    <message>
        <source>%1 could not be read: the role %2 has no right on %3</source>
        <translation>Nicht lesbar: %1 – die Rolle %2 hat kein Recht auf %3</translation>
    </message>
    <message>
        <source>Functions of extensions</source>
        <translation>Funktionen von Erweiterungen</translation>
    </message>
    <message>
        <source>Definitions of views</source>
        <translation>Definitionen von Sichten</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Keys and bounds of partitions</source>
        <translation>Schlüssel und Grenzen von Partitionen</translation>
    </message>
    <message>
        <source>What inherits from what</source>
        <translation>Was von was erbt</translation>
    </message>
    <message>
        <source>What belongs to extensions</source>
        <translation>Was zu Erweiterungen gehört</translation>
    </message>
    <message>
        <source>Access methods and tablespaces</source>
        <translation>Zugriffsmethoden und Tablespaces</translation>
    </message>
    <message>
        <source>Collations of columns</source>
        <translation>Sortierfolgen von Spalten</translation>
    </message>
    <message>
        <source>The catalog cannot be read</source>
        <translation>Der Katalog lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>the role %1 has no right on it</source>
        <translation>die Rolle %1 hat kein Recht darauf</translation>
    </message>
    <message>
        <source>Every role has it unless somebody took it away: a superuser can give it back</source>
        <translation>Jede Rolle hat es, solange es ihr niemand genommen hat: Ein Superuser kann es zurückgeben</translation>
    </message>
    <message>
        <source>The address of a database is no project</source>
        <translation>Die Adresse einer Datenbank ist kein Projekt</translation>
    </message>
    <message>
        <source>it is not shown here, since a password may be in it</source>
        <translation>sie wird hier nicht gezeigt, denn ein Passwort könnte darin stehen</translation>
    </message>
    <message>
        <source>give the project&apos;s folder; a database goes behind --url, and is a source as postgres://user@host:port/database</source>
        <translation>gib den Ordner des Projekts an; eine Datenbank gehört hinter --url, und als Quelle heißt sie postgres://user@host:port/database</translation>
    </message>
    <message>
        <source>nothing in %1 matches, nor in a folder above it</source>
        <translation>nichts in %1 passt, auch nicht in einem Ordner darüber</translation>
    </message>
    <message>
        <source>%1 lands in the schema (%2), and it is not set</source>
        <translation>%1 gelangt ins Schema (%2) und ist nicht gesetzt</translation>
    </message>
    <message>
        <source>Set it in the project&apos;s .env file</source>
        <translation>Setzen Sie sie in der .env-Datei des Projekts</translation>
    </message>
    <message>
        <source>Correct the code, or set the variables it needs in the project&apos;s .env file; the other files are loaded</source>
        <translation>Berichtigen Sie den Code, oder setzen Sie die Variablen, die er braucht, in der .env-Datei des Projekts; die anderen Dateien sind geladen</translation>
    </message>
    <message>
        <source>%1 is given columns, but its package is not evaluated: what it makes of them is missing</source>
        <translation>%1 erhält Spalten, aber sein Paket wird nicht ausgewertet: was es daraus macht, fehlt</translation>
    </message>
    <message>
        <source>Sluice evaluates the project, drizzle-orm and zod; declare the table in the project itself, or have the package in its workspace</source>
        <translation>Sluice wertet das Projekt, drizzle-orm und zod aus; deklarieren Sie die Tabelle im Projekt selbst, oder nehmen Sie das Paket in seinen Workspace auf</translation>
    </message>
    <message>
        <source>%1 throws when it is loaded, and what it declares from there on is left out: %2</source>
        <translation>%1 löst beim Laden einen Fehler aus, und was es ab dort deklariert, bleibt weg: %2</translation>
    </message>
    <message>
        <source>The schema %1 is not built; its source is read</source>
        <translation>Das Schema %1 ist nicht gebaut; gelesen wird sein Quelltext</translation>
    </message>
    <message>
        <source>drizzle-kit needs the built one: build it first</source>
        <translation>drizzle-kit braucht das gebaute: bauen Sie es zuerst</translation>
    </message>
    <message>
        <source>A schema has no name: the value it is given is undefined</source>
        <translation>Ein Schema hat keinen Namen: der Wert, den es erhält, ist undefined</translation>
    </message>
    <message>
        <source>If it is a variable, set it in the project&apos;s .env file</source>
        <translation>Wenn es eine Variable ist, setzen Sie sie in der .env-Datei des Projekts</translation>
    </message>
</context>
<context>
    <name>migrate</name>
    <message>
        <source>meta/_journal.json is missing, but there are snapshots</source>
        <translation>meta/_journal.json fehlt, aber es gibt Snapshots</translation>
    </message>
    <message>
        <source>the folder&apos;s dialect is %1, not postgresql</source>
        <translation>der Dialekt des Ordners ist %1, nicht postgresql</translation>
    </message>
    <message>
        <source>the journal has version %1; only 7 is supported</source>
        <translation>das Journal hat Version %1; nur 7 wird unterstützt</translation>
    </message>
    <message>
        <source>meta/_journal.json has no list of entries</source>
        <translation>meta/_journal.json hat keine Liste von Einträgen</translation>
    </message>
    <message>
        <source>an entry of the journal has no usable tag: &quot;%1&quot;</source>
        <translation>ein Eintrag des Journals hat keinen brauchbaren Namen: „%1“</translation>
    </message>
    <message>
        <source>%1 has no snapshot: drizzle-kit will generate its changes again</source>
        <translation>%1 hat keinen Snapshot: drizzle-kit wird die Änderungen noch einmal erzeugen</translation>
    </message>
    <message>
        <source>%1 and %2 have the same number %3</source>
        <translation>%1 und %2 haben dieselbe Nummer %3</translation>
    </message>
    <message>
        <source>%1 is not newer than %2: drizzle-kit may skip it</source>
        <translation>%1 ist nicht neuer als %2: drizzle-kit überspringt sie womöglich</translation>
    </message>
    <message>
        <source>%1 is not in the journal</source>
        <translation>%1 steht nicht im Journal</translation>
    </message>
    <message>
        <source>meta/%1 belongs to no migration</source>
        <translation>meta/%1 gehört zu keiner Migration</translation>
    </message>
    <message>
        <source>drizzle-kit goes on from meta/%1, which is not the last migration&apos;s</source>
        <translation>drizzle-kit macht bei meta/%1 weiter, das nicht zur letzten Migration gehört</translation>
    </message>
    <message>
        <source>meta/%1 and meta/%2 both follow the same snapshot: two branches</source>
        <translation>meta/%1 und meta/%2 folgen auf denselben Snapshot: zwei Zweige</translation>
    </message>
    <message>
        <source>meta/%1 follows a snapshot that is not there</source>
        <translation>meta/%1 folgt auf einen Snapshot, der nicht da ist</translation>
    </message>
    <message>
        <source>The migrations folder is a file</source>
        <translation>Der Migrationsordner ist eine Datei</translation>
    </message>
    <message>
        <source>locks nothing that is in use</source>
        <translation>sperrt nichts, was benutzt wird</translation>
    </message>
    <message>
        <source>fails when the table has rows: NOT NULL without a default</source>
        <translation>scheitert, wenn die Tabelle Zeilen hat: NOT NULL ohne Vorgabe</translation>
    </message>
    <message>
        <source>fails when a value does not fit</source>
        <translation>scheitert, wenn ein Wert nicht passt</translation>
    </message>
    <message>
        <source>values may silently lose digits or their time</source>
        <translation>Werte verlieren womöglich stillschweigend Stellen oder ihre Uhrzeit</translation>
    </message>
    <message>
        <source>fails when there are duplicates</source>
        <translation>scheitert, wenn es Doppelte gibt</translation>
    </message>
    <message>
        <source>The journal has no list of entries</source>
        <translation>Das Journal hat keine Liste von Einträgen</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>Die Datei ist nicht da</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Die Datei lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The file is not valid JSON</source>
        <translation>Die Datei ist kein gültiges JSON</translation>
    </message>
    <message>
        <source>The file is not a snapshot of drizzle-kit</source>
        <translation>Die Datei ist kein Snapshot von drizzle-kit</translation>
    </message>
    <message>
        <source>The snapshot is not one of PostgreSQL</source>
        <translation>Der Snapshot ist keiner von PostgreSQL</translation>
    </message>
    <message>
        <source>its dialect is %1</source>
        <translation>sein Dialekt ist %1</translation>
    </message>
    <message>
        <source>The snapshot has a version that is not supported</source>
        <translation>Der Snapshot hat eine Version, die nicht unterstützt wird</translation>
    </message>
    <message>
        <source>version %1, expected 7</source>
        <translation>Version %1, erwartet war 7</translation>
    </message>
    <message>
        <source>run &quot;drizzle-kit up&quot;</source>
        <translation>„drizzle-kit up“ ausführen</translation>
    </message>
    <message>
        <source>A new snapshot would not be the last one by its name</source>
        <translation>Ein neuer Snapshot wäre seinem Namen nach nicht der letzte</translation>
    </message>
    <message>
        <source>the last one is %1</source>
        <translation>der letzte ist %1</translation>
    </message>
    <message>
        <source>keep to one migrations.prefix in the config</source>
        <translation>bei einem migrations.prefix in der Konfiguration bleiben</translation>
    </message>
    <message>
        <source>It is not clear whether something was renamed</source>
        <translation>Es ist nicht klar, ob etwas umbenannt wurde</translation>
    </message>
    <message>
        <source>There is nothing to generate</source>
        <translation>Es gibt nichts zu erzeugen</translation>
    </message>
    <message>
        <source>Nothing can be written into the migrations folder</source>
        <translation>In den Migrationsordner lässt sich nichts schreiben</translation>
    </message>
    <message>
        <source>Migrations without a prefix overwrite each other&apos;s snapshot</source>
        <translation>Migrationen ohne Präfix überschreiben einander den Snapshot</translation>
    </message>
    <message>
        <source>set migrations.prefix to index or timestamp</source>
        <translation>migrations.prefix auf index oder timestamp setzen</translation>
    </message>
    <message>
        <source>The migrations folder has changed since it was read</source>
        <translation>Der Migrationsordner hat sich geändert, seit er gelesen wurde</translation>
    </message>
    <message>
        <source>read it again</source>
        <translation>ihn noch einmal lesen</translation>
    </message>
    <message>
        <source>The folder cannot be made</source>
        <translation>Der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The file is there already</source>
        <translation>Die Datei ist schon da</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>Die Datei lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>free some space and try again</source>
        <translation>etwas Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>the folder must be writable</source>
        <translation>der Ordner muss beschreibbar sein</translation>
    </message>
    <message>
        <source>The folder cannot be opened</source>
        <translation>Der Ordner lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Another run of Sluice writes into the migrations folder</source>
        <translation>Ein anderer Lauf von Sluice schreibt in den Migrationsordner</translation>
    </message>
    <message>
        <source>try again when it is done</source>
        <translation>noch einmal versuchen, wenn er fertig ist</translation>
    </message>
    <message>
        <source>The file cannot be put in its place</source>
        <translation>Die Datei lässt sich nicht an ihren Platz bringen</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>%1 fehlt</translation>
    </message>
    <message>
        <source>migrating stops there with an error</source>
        <translation>das Migrieren bricht dort mit einem Fehler ab</translation>
    </message>
    <message>
        <source>restore it from git, or take the migration back out of the journal if it never ran</source>
        <translation>sie aus git wiederherstellen, oder die Migration aus dem Journal nehmen, falls sie nie lief</translation>
    </message>
    <message>
        <source>a write into the folder was interrupted</source>
        <translation>ein Schreiben in den Ordner wurde unterbrochen</translation>
    </message>
    <message>
        <source>the folder is as it was before; only some files lie about</source>
        <translation>der Ordner ist, wie er war; nur einige Dateien liegen herum</translation>
    </message>
    <message>
        <source>nothing: the next one clears them away</source>
        <translation>nichts: das nächste räumt sie weg</translation>
    </message>
    <message>
        <source>A file lies where a folder has to be</source>
        <translation>Eine Datei liegt, wo ein Ordner sein muss</translation>
    </message>
    <message>
        <source>A folder lies where a file has to be</source>
        <translation>Ein Ordner liegt, wo eine Datei sein muss</translation>
    </message>
    <message>
        <source>version %1, expected 8 or 9</source>
        <translation>Version %1, erwartet war 8 oder 9</translation>
    </message>
    <message>
        <source>The snapshots do not go back to a first one</source>
        <translation>Die Snapshots führen nicht auf einen ersten zurück</translation>
    </message>
    <message>
        <source>restore the missing migration from git</source>
        <translation>die fehlende Migration aus git wiederherstellen</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>Die Datei ist leer</translation>
    </message>
    <message>
        <source>restore it from git</source>
        <translation>aus git wiederherstellen</translation>
    </message>
    <message>
        <source>The file holds conflict markers of a git merge</source>
        <translation>In der Datei stehen Konfliktmarken eines git-Merges</translation>
    </message>
    <message>
        <source>The file is not UTF-8</source>
        <translation>Die Datei ist nicht UTF-8</translation>
    </message>
    <message>
        <source>The file ends too early</source>
        <translation>Die Datei endet zu früh</translation>
    </message>
    <message>
        <source>This is no regular file</source>
        <translation>Das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>The file is too large to be read</source>
        <translation>Die Datei ist zu groß zum Lesen</translation>
    </message>
    <message>
        <source>%1 MiB, at most %2</source>
        <translation>%1 MiB, höchstens %2</translation>
    </message>
    <message>
        <source>the folder has migrations of drizzle-kit 1.0 and a journal of an older one</source>
        <translation>der Ordner hat Migrationen von drizzle-kit 1.0 und ein Journal eines älteren</translation>
    </message>
    <message>
        <source>drizzle-kit 1.0 refuses it</source>
        <translation>drizzle-kit 1.0 lehnt ihn ab</translation>
    </message>
    <message>
        <source>it was written by hand, or its snapshot was lost</source>
        <translation>sie wurde von Hand geschrieben, oder ihr Snapshot ging verloren</translation>
    </message>
    <message>
        <source>restore it from git; write the next one by hand with &quot;sluice generate --custom&quot;</source>
        <translation>aus git wiederherstellen; die nächste von Hand mit „sluice generate --custom“ schreiben</translation>
    </message>
    <message>
        <source>a snapshot cannot be read</source>
        <translation>ein Snapshot lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>%1 and %2 both begin the folder: two branches</source>
        <translation>%1 und %2 beginnen beide den Ordner: zwei Zweige</translation>
    </message>
    <message>
        <source>each was generated into an empty folder</source>
        <translation>jede wurde in einen leeren Ordner erzeugt</translation>
    </message>
    <message>
        <source>keep one, with all that follows it, and generate the other&apos;s changes again</source>
        <translation>eine behalten, mit allem, was auf sie folgt, und die Änderungen der anderen neu erzeugen</translation>
    </message>
    <message>
        <source>%1 follows a snapshot that is not there</source>
        <translation>%1 folgt auf einen Snapshot, der nicht da ist</translation>
    </message>
    <message>
        <source>a migration between the two is gone</source>
        <translation>eine Migration dazwischen ist weg</translation>
    </message>
    <message>
        <source>%1 runs before %2, which it follows</source>
        <translation>%1 läuft vor %2, auf die sie folgt</translation>
    </message>
    <message>
        <source>migrations run in the order of their names</source>
        <translation>Migrationen laufen in der Reihenfolge ihrer Namen</translation>
    </message>
    <message>
        <source>give its folder a later time</source>
        <translation>ihrem Ordner eine spätere Zeit geben</translation>
    </message>
    <message>
        <source>the snapshots have version 8, of a beta of drizzle-kit 1.0</source>
        <translation>die Snapshots haben Version 8, von einer Beta von drizzle-kit 1.0</translation>
    </message>
    <message>
        <source>later ones refuse the folder</source>
        <translation>spätere lehnen den Ordner ab</translation>
    </message>
    <message>
        <source>nothing says which migrations run, and in which order</source>
        <translation>nichts sagt, welche Migrationen laufen und in welcher Reihenfolge</translation>
    </message>
    <message>
        <source>meta/_journal.json cannot be read</source>
        <translation>meta/_journal.json lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>it is no journal of drizzle-kit</source>
        <translation>es ist kein Journal von drizzle-kit</translation>
    </message>
    <message>
        <source>it was written by another drizzle-kit, or for another server</source>
        <translation>es stammt von einem anderen drizzle-kit oder ist für einen anderen Server</translation>
    </message>
    <message>
        <source>run &quot;drizzle-kit up&quot;, or point the config&apos;s out to another folder</source>
        <translation>„drizzle-kit up“ ausführen, oder in der Konfiguration out auf einen anderen Ordner richten</translation>
    </message>
    <message>
        <source>a tag is the name of a file in the folder</source>
        <translation>ein Tag ist der Name einer Datei im Ordner</translation>
    </message>
    <message>
        <source>restore the journal from git</source>
        <translation>das Journal aus git wiederherstellen</translation>
    </message>
    <message>
        <source>%1 is in the journal twice</source>
        <translation>%1 steht zweimal im Journal</translation>
    </message>
    <message>
        <source>it runs twice, and the second time fails</source>
        <translation>sie läuft zweimal, und das zweite Mal scheitert</translation>
    </message>
    <message>
        <source>take the second entry out</source>
        <translation>den zweiten Eintrag herausnehmen</translation>
    </message>
    <message>
        <source>two branches were merged by hand</source>
        <translation>zwei Zweige wurden von Hand zusammengeführt</translation>
    </message>
    <message>
        <source>it only runs what is newer than the last applied migration</source>
        <translation>es führt nur aus, was neuer ist als die letzte angewandte Migration</translation>
    </message>
    <message>
        <source>give its entry a larger &quot;when&quot; while no database has run it</source>
        <translation>ihrem Eintrag ein größeres „when“ geben, solange keine Datenbank sie ausgeführt hat</translation>
    </message>
    <message>
        <source>it is never run</source>
        <translation>sie läuft nie</translation>
    </message>
    <message>
        <source>restore its entry from git, or delete the file</source>
        <translation>ihren Eintrag aus git wiederherstellen, oder die Datei löschen</translation>
    </message>
    <message>
        <source>drizzle-kit goes on from it nevertheless</source>
        <translation>drizzle-kit macht trotzdem bei ihm weiter</translation>
    </message>
    <message>
        <source>restore its migration from git, or delete the file</source>
        <translation>seine Migration aus git wiederherstellen, oder die Datei löschen</translation>
    </message>
    <message>
        <source>the last snapshot cannot be read</source>
        <translation>der letzte Snapshot lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>it takes the last file by name, whatever the journal says</source>
        <translation>es nimmt die dem Namen nach letzte Datei, was immer das Journal sagt</translation>
    </message>
    <message>
        <source>drizzle-kit refuses to generate, and what the one branch did is not in the other&apos;s snapshot</source>
        <translation>drizzle-kit erzeugt nichts mehr, und was der eine Zweig tat, steht nicht im Snapshot des anderen</translation>
    </message>
    <message>
        <source>The migration has no reverse script</source>
        <translation>Die Migration hat kein Skript für den Rückweg</translation>
    </message>
    <message>
        <source>it has no list of objects</source>
        <translation>er hat keine Liste von Objekten</translation>
    </message>
    <message>
        <source>an object of an unknown type</source>
        <translation>ein Objekt unbekannter Art</translation>
    </message>
    <message>
        <source>an object is there twice</source>
        <translation>ein Objekt ist zweimal da</translation>
    </message>
    <message>
        <source>it has no list of changes</source>
        <translation>er hat keine Liste von Änderungen</translation>
    </message>
    <message>
        <source>two migrations gave one name to two objects</source>
        <translation>zwei Migrationen gaben zwei Objekten denselben Namen</translation>
    </message>
    <message>
        <source>an unknown kind of change</source>
        <translation>eine unbekannte Art von Änderung</translation>
    </message>
    <message>
        <source>drizzle-kit skips a snapshot whose name begins with _ and generates everything again</source>
        <translation>drizzle-kit überspringt einen Snapshot, dessen Name mit _ beginnt, und erzeugt alles noch einmal</translation>
    </message>
    <message>
        <source>The snapshot is malformed</source>
        <translation>Der Snapshot ist fehlerhaft</translation>
    </message>
    <message>
        <source>say %1, or --accept-drops when it is dropped and added</source>
        <translation>sagen Sie %1, oder --accept-drops, wenn gelöscht und neu angelegt wird</translation>
    </message>
    <message>
        <source>The answer about a rename is not understood</source>
        <translation>Die Antwort zu einer Umbenennung ist nicht verständlich</translation>
    </message>
    <message>
        <source>write column:public.contacts.nickname=alias, table:contacts=people or schema:auth=login; names with dots in double quotes</source>
        <translation>schreiben Sie column:public.contacts.nickname=alias, table:contacts=people oder schema:auth=login; Namen mit Punkten in doppelten Anführungszeichen</translation>
    </message>
    <message>
        <source>The file is not one of Sluice&apos;s</source>
        <translation>Die Datei ist keine von Sluice</translation>
    </message>
    <message>
        <source>The file is of a newer Sluice</source>
        <translation>Die Datei ist von einem neueren Sluice</translation>
    </message>
    <message>
        <source>version %1, expected %2</source>
        <translation>Version %1, erwartet %2</translation>
    </message>
    <message>
        <source>it has no : or no =</source>
        <translation>sie hat kein : oder kein =</translation>
    </message>
    <message>
        <source>there is no kind &apos;%1&apos;</source>
        <translation>die Art „%1“ gibt es nicht</translation>
    </message>
    <message>
        <source>a name has too many or too few parts</source>
        <translation>ein Name hat zu viele oder zu wenige Teile</translation>
    </message>
    <message>
        <source>There is nothing to rename</source>
        <translation>Es gibt nichts umzubenennen</translation>
    </message>
    <message>
        <source>nothing of the old name is gone, or nothing of the new name is new</source>
        <translation>nichts mit dem alten Namen ist weg, oder nichts mit dem neuen ist neu</translation>
    </message>
    <message>
        <source>It is not clear whose snapshot this is</source>
        <translation>Es ist nicht klar, wessen Snapshot das ist</translation>
    </message>
    <message>
        <source>it holds conflict markers, and the journal does not</source>
        <translation>in ihm stehen Konfliktmarken, im Journal nicht</translation>
    </message>
    <message>
        <source>put the journal&apos;s conflict back with &quot;git checkout --merge&quot;</source>
        <translation>den Konflikt des Journals mit „git checkout --merge“ zurückholen</translation>
    </message>
    <message>
        <source>A snapshot is lost</source>
        <translation>Ein Snapshot ist verloren</translation>
    </message>
    <message>
        <source>%1 and %2 share the file, and one side was taken</source>
        <translation>%1 und %2 teilen sich die Datei, und eine Seite wurde genommen</translation>
    </message>
    <message>
        <source>put its conflict back with &quot;git checkout --merge&quot;</source>
        <translation>seinen Konflikt mit „git checkout --merge“ zurückholen</translation>
    </message>
    <message>
        <source>There are no two branches in the folder</source>
        <translation>Im Ordner sind keine zwei Zweige</translation>
    </message>
    <message>
        <source>There are more than two branches in the folder</source>
        <translation>Im Ordner sind mehr als zwei Zweige</translation>
    </message>
    <message>
        <source>merge one branch at a time and rebase each</source>
        <translation>einen Zweig nach dem anderen zusammenführen und jedes Mal umsetzen</translation>
    </message>
    <message>
        <source>The snapshot that both branches follow is not there</source>
        <translation>Der Snapshot, auf den beide Zweige folgen, ist nicht da</translation>
    </message>
    <message>
        <source>%1 begins with _</source>
        <translation>%1 beginnt mit _</translation>
    </message>
    <message>
        <source>drizzle-kit overlooks it and generates everything again</source>
        <translation>drizzle-kit übersieht ihn und erzeugt alles noch einmal</translation>
    </message>
    <message>
        <source>set migrations.prefix to index or timestamp, and give the migration a number</source>
        <translation>migrations.prefix auf index oder timestamp setzen und der Migration eine Nummer geben</translation>
    </message>
    <message>
        <source>%1 is no snapshot</source>
        <translation>%1 ist kein Snapshot</translation>
    </message>
    <message>
        <source>%1 is a folder, or leads nowhere</source>
        <translation>%1 ist ein Ordner oder führt nirgendwohin</translation>
    </message>
    <message>
        <source>drizzle-kit takes everything in meta/ for a snapshot and fails on it</source>
        <translation>drizzle-kit hält alles in meta/ für einen Snapshot und scheitert daran</translation>
    </message>
    <message>
        <source>move it out of meta/</source>
        <translation>aus meta/ herausnehmen</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>%1 has a member that drizzle-kit does not know: %2</source>
        <translation>%1 hat einen Eintrag, den drizzle-kit nicht kennt: %2</translation>
    </message>
    <message>
        <source>it calls the whole file malformed</source>
        <translation>es nennt die ganze Datei fehlerhaft</translation>
    </message>
    <message>
        <source>take the member out</source>
        <translation>den Eintrag herausnehmen</translation>
    </message>
    <message>
        <source>drizzle-kit overlooks its snapshot and generates everything again</source>
        <translation>drizzle-kit übersieht ihren Snapshot und erzeugt alles noch einmal</translation>
    </message>
    <message>
        <source>%1 has a time in the future: %2</source>
        <translation>%1 hat eine Zeit in der Zukunft: %2</translation>
    </message>
    <message>
        <source>once it is applied, drizzle-kit skips what is written before that time</source>
        <translation>ist sie angewandt, überspringt drizzle-kit, was vor dieser Zeit geschrieben wird</translation>
    </message>
    <message>
        <source>give it the time of now while no database has run it</source>
        <translation>ihr die jetzige Zeit geben, solange keine Datenbank sie ausgeführt hat</translation>
    </message>
    <message>
        <source>%1 holds conflict markers of a git merge</source>
        <translation>in %1 stehen Konfliktmarken eines git-Merges</translation>
    </message>
    <message>
        <source>take one side</source>
        <translation>eine Seite nehmen</translation>
    </message>
    <message>
        <source>%1 is not UTF-8</source>
        <translation>%1 ist nicht UTF-8</translation>
    </message>
    <message>
        <source>the server gets other letters than were written</source>
        <translation>der Server bekommt andere Buchstaben als geschrieben wurden</translation>
    </message>
    <message>
        <source>save it as UTF-8 while no database has run it</source>
        <translation>als UTF-8 speichern, solange keine Datenbank sie ausgeführt hat</translation>
    </message>
    <message>
        <source>all of %1 stands in a comment</source>
        <translation>%1 steht ganz in einem Kommentar</translation>
    </message>
    <message>
        <source>drizzle-kit pull leaves it so; migrating fails on the breakpoints inside the comment</source>
        <translation>so hinterlässt es drizzle-kit pull; das Migrieren scheitert an den Trennern im Kommentar</translation>
    </message>
    <message>
        <source>mark it as applied where the tables are, and take the comment away for new databases</source>
        <translation>sie als angewandt vermerken, wo die Tabellen sind, und den Kommentar für neue Datenbanken wegnehmen</translation>
    </message>
    <message>
        <source>%1 holds %2</source>
        <translation>in %1 steht %2</translation>
    </message>
    <message>
        <source>migrations run in a transaction, which it ends too early</source>
        <translation>Migrationen laufen in einer Transaktion, die es zu früh beendet</translation>
    </message>
    <message>
        <source>take the statement out while no database has run it</source>
        <translation>die Anweisung herausnehmen, solange keine Datenbank sie ausgeführt hat</translation>
    </message>
    <message>
        <source>%1 is pending, and drizzle-kit would skip it</source>
        <translation>%1 steht aus, und drizzle-kit würde sie überspringen</translation>
    </message>
    <message>
        <source>it is older than the newest one applied</source>
        <translation>sie ist älter als die neueste angewandte</translation>
    </message>
    <message>
        <source>run it with &quot;sluice migrate&quot;, or give its entry a larger &quot;when&quot;</source>
        <translation>sie mit „sluice migrate“ ausführen, oder ihrem Eintrag ein größeres „when“ geben</translation>
    </message>
    <message>
        <source>applied migrations that have no file in the folder: %1</source>
        <translation>angewandte Migrationen, die keine Datei im Ordner haben: %1</translation>
    </message>
    <message>
        <source>another branch was applied, or files were deleted</source>
        <translation>ein anderer Zweig wurde angewandt, oder Dateien wurden gelöscht</translation>
    </message>
    <message>
        <source>get the missing files from the branch that applied them</source>
        <translation>die fehlenden Dateien aus dem Zweig holen, der sie angewandt hat</translation>
    </message>
    <message>
        <source>%1 has other line ends than when it was applied</source>
        <translation>%1 hat andere Zeilenenden als beim Anwenden</translation>
    </message>
    <message>
        <source>%1 was changed after it had been applied</source>
        <translation>%1 wurde nach dem Anwenden geändert</translation>
    </message>
    <message>
        <source>git changes them on another system; nothing else differs</source>
        <translation>git ändert sie auf einem anderen System; sonst ist nichts anders</translation>
    </message>
    <message>
        <source>databases that have run it do not get the change</source>
        <translation>Datenbanken, die sie ausgeführt haben, bekommen die Änderung nicht</translation>
    </message>
    <message>
        <source>add &quot;*.sql text eol=lf&quot; to .gitattributes</source>
        <translation>„*.sql text eol=lf“ in .gitattributes eintragen</translation>
    </message>
    <message>
        <source>put the file back as it was applied, and write a new migration instead</source>
        <translation>die Datei zurücksetzen, wie sie angewandt wurde, und stattdessen eine neue Migration schreiben</translation>
    </message>
    <message>
        <source>it is from a newer drizzle-kit: look for a newer Sluice</source>
        <translation>er stammt von einem neueren drizzle-kit: nach einem neueren Sluice sehen</translation>
    </message>
    <message>
        <source>A migration that would be moved has been applied</source>
        <translation>Eine Migration, die umgesetzt würde, ist angewandt</translation>
    </message>
    <message>
        <source>under another name it would run again</source>
        <translation>unter anderem Namen liefe sie noch einmal</translation>
    </message>
    <message>
        <source>move the other branch instead</source>
        <translation>stattdessen den anderen Zweig umsetzen</translation>
    </message>
    <message>
        <source>Both branches change the same objects</source>
        <translation>Beide Zweige ändern dieselben Objekte</translation>
    </message>
    <message>
        <source>delete our migrations, and generate them again from the merged code</source>
        <translation>unsere Migrationen löschen und sie aus dem zusammengeführten Code neu erzeugen</translation>
    </message>
    <message>
        <source>do not take one side: &quot;sluice check --rebase&quot; reads both</source>
        <translation>nicht eine Seite nehmen: „sluice check --rebase“ liest beide</translation>
    </message>
    <message>
        <source>what was cut off from values does not come back</source>
        <translation>was an Werten abgeschnitten wurde, kommt nicht zurück</translation>
    </message>
    <message>
        <source>%1 is padded with blanks: text with a check does what is meant</source>
        <translation>%1 wird mit Leerzeichen aufgefüllt: text mit einem Check tut, was gemeint ist</translation>
    </message>
    <message>
        <source>%1 does not say which moment is meant: timestamp with time zone does</source>
        <translation>%1 sagt nicht, welcher Zeitpunkt gemeint ist: timestamp with time zone schon</translation>
    </message>
    <message>
        <source>json keeps the text as it is: jsonb can be compared and indexed</source>
        <translation>json behält den Text, wie er ist: jsonb lässt sich vergleichen und indizieren</translation>
    </message>
    <message>
        <source>changes of the table and VACUUM wait</source>
        <translation>Änderungen der Tabelle und VACUUM warten</translation>
    </message>
    <message>
        <source>nobody can write</source>
        <translation>niemand kann schreiben</translation>
    </message>
    <message>
        <source>only reading is possible</source>
        <translation>nur Lesen ist möglich</translation>
    </message>
    <message>
        <source>nobody can read or write</source>
        <translation>niemand kann lesen oder schreiben</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>scans the table</source>
        <translation>liest die ganze Tabelle</translation>
    </message>
    <message>
        <source>builds an index</source>
        <translation>baut einen Index auf</translation>
    </message>
    <message>
        <source>rewrites the table and its indexes</source>
        <translation>schreibt die Tabelle und ihre Indizes neu</translation>
    </message>
    <message>
        <source>loses the table with its rows</source>
        <translation>verliert die Tabelle mit ihren Zeilen</translation>
    </message>
    <message>
        <source>loses the column&apos;s values</source>
        <translation>verliert die Werte der Spalte</translation>
    </message>
    <message>
        <source>fails when a row is NULL</source>
        <translation>scheitert, wenn eine Zeile NULL ist</translation>
    </message>
    <message>
        <source>fails when a row has no target</source>
        <translation>scheitert, wenn einer Zeile das Ziel fehlt</translation>
    </message>
    <message>
        <source>fails when a row does not pass</source>
        <translation>scheitert, wenn eine Zeile nicht besteht</translation>
    </message>
    <message>
        <source>programs that still use the old name fail at once</source>
        <translation>Programme, die noch den alten Namen verwenden, scheitern sofort</translation>
    </message>
    <message>
        <source>needs the table&apos;s size once more on the disk while it runs</source>
        <translation>braucht währenddessen den Platz der Tabelle ein zweites Mal</translation>
    </message>
    <message>
        <source>the stored rows stay as they are</source>
        <translation>die gespeicherten Zeilen bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>drops and makes again: %1</source>
        <translation>entfernt und legt wieder an: %1</translation>
    </message>
    <message>
        <source>writes a value into every row</source>
        <translation>schreibt einen Wert in jede Zeile</translation>
    </message>
    <message>
        <source>readers may not expect NULL</source>
        <translation>wer liest, rechnet vielleicht nicht mit NULL</translation>
    </message>
    <message>
        <source>only new rows get it</source>
        <translation>nur neue Zeilen bekommen ihn</translation>
    </message>
    <message>
        <source>prepared SELECT * of open connections fails once afterwards</source>
        <translation>vorbereitetes SELECT * offener Verbindungen scheitert danach einmal</translation>
    </message>
    <message>
        <source>the new value is used right away, so it has a migration of its own</source>
        <translation>der neue Wert wird gleich verwendet und hat deshalb eine eigene Migration</translation>
    </message>
    <message>
        <source>at the end: where others added values too, the order may differ</source>
        <translation>ans Ende: wo auch andere Werte hinzugefügt wurden, kann die Reihenfolge abweichen</translation>
    </message>
    <message>
        <source>makes the enum anew · fails when a row still has a value that goes</source>
        <translation>legt das Enum neu an · scheitert, wenn eine Zeile noch einen Wert hat, der wegfällt</translation>
    </message>
    <message>
        <source>programs that still write the old value fail at once</source>
        <translation>Programme, die noch den alten Wert schreiben, scheitern sofort</translation>
    </message>
    <message>
        <source>an integer key ends at 2147483647: bigint costs nothing more</source>
        <translation>ein integer-Schlüssel endet bei 2147483647: bigint kostet nicht mehr</translation>
    </message>
    <message>
        <source>no index begins with %1: deleting a target scans the table</source>
        <translation>kein Index beginnt mit %1: wird ein Ziel gelöscht, wird die ganze Tabelle gelesen</translation>
    </message>
    <message>
        <source>rows without a target become possible</source>
        <translation>Zeilen ohne Ziel werden möglich</translation>
    </message>
    <message>
        <source>nobody can write into %1 meanwhile</source>
        <translation>niemand kann währenddessen in %1 schreiben</translation>
    </message>
    <message>
        <source>calls %1: PostgreSQL does not notice when that changes</source>
        <translation>ruft %1 auf: PostgreSQL merkt nicht, wenn sich das ändert</translation>
    </message>
    <message>
        <source>nobody can write while the index is built</source>
        <translation>niemand kann schreiben, während der Index entsteht</translation>
    </message>
    <message>
        <source>cannot run inside a transaction, so drizzle-kit migrate fails on it</source>
        <translation>kann nicht in einer Transaktion laufen, drizzle-kit migrate scheitert daran</translation>
    </message>
    <message>
        <source>queries that used it get slow</source>
        <translation>Abfragen, die ihn nutzten, werden langsam</translation>
    </message>
    <message>
        <source>the index was used %1 times</source>
        <translation>der Index wurde %1-mal benutzt</translation>
    </message>
    <message>
        <source>until it is built again there is no index</source>
        <translation>bis er wieder aufgebaut ist, gibt es keinen Index</translation>
    </message>
    <message>
        <source>index %1 is left over from a build that failed</source>
        <translation>Index %1 ist von einem gescheiterten Aufbau übrig</translation>
    </message>
    <message>
        <source>an index of more than three columns is rarely used</source>
        <translation>ein Index über mehr als drei Spalten wird selten benutzt</translation>
    </message>
    <message>
        <source>the primary key changes: foreign keys to it are made again</source>
        <translation>der Primärschlüssel ändert sich: Fremdschlüssel darauf werden neu angelegt</translation>
    </message>
    <message>
        <source>the next number is taken from the rows</source>
        <translation>die nächste Nummer richtet sich nach den Zeilen</translation>
    </message>
    <message>
        <source>longer than 63 bytes: PostgreSQL stores %1</source>
        <translation>länger als 63 Bytes: PostgreSQL speichert %1</translation>
    </message>
    <message>
        <source>without a policy nobody but the owner sees a row</source>
        <translation>ohne Policy sieht niemand außer dem Eigentümer eine Zeile</translation>
    </message>
    <message>
        <source>changes who may see or write which rows</source>
        <translation>ändert, wer welche Zeilen sehen oder schreiben darf</translation>
    </message>
    <message>
        <source>the view is made anew: grants and comments that are not known here are lost</source>
        <translation>die View wird neu angelegt: Rechte und Kommentare, die hier nicht bekannt sind, gehen verloren</translation>
    </message>
    <message>
        <source>the view is made anew, with what it had: %1</source>
        <translation>die View wird neu angelegt, mit dem, was sie hatte: %1</translation>
    </message>
    <message>
        <source>runs the whole query · indexes that are not known here are lost</source>
        <translation>führt die ganze Abfrage aus · Indizes, die hier nicht bekannt sind, gehen verloren</translation>
    </message>
    <message>
        <source>%1 is not part of the schema and comes back as it was</source>
        <translation>%1 gehört nicht zum Schema und kommt zurück, wie es war</translation>
    </message>
    <message>
        <source>Two names become one, since PostgreSQL keeps 63 bytes of a name</source>
        <translation>Zwei Namen werden einer, denn PostgreSQL behält 63 Bytes eines Namens</translation>
    </message>
    <message>
        <source>%1 and %2 are both stored as %3</source>
        <translation>%1 und %2 werden beide als %3 gespeichert</translation>
    </message>
    <message>
        <source>give one of them a shorter name</source>
        <translation>einem von beiden einen kürzeren Namen geben</translation>
    </message>
    <message>
        <source>A value of an enum has at most 63 bytes</source>
        <translation>Ein Wert eines Enums hat höchstens 63 Bytes</translation>
    </message>
    <message>
        <source>give it a shorter text</source>
        <translation>ihm einen kürzeren Text geben</translation>
    </message>
    <message>
        <source>constraints of %1</source>
        <translation>Constraints von %1</translation>
    </message>
    <message>
        <source>policies of %1</source>
        <translation>Policies von %1</translation>
    </message>
    <message>
        <source>schemas</source>
        <translation>Schemas</translation>
    </message>
    <message>
        <source>roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>types of %1</source>
        <translation>Typen von %1</translation>
    </message>
    <message>
        <source>the column comes back empty</source>
        <translation>die Spalte kommt leer zurück</translation>
    </message>
    <message>
        <source>the column comes back empty and without NOT NULL</source>
        <translation>die Spalte kommt leer und ohne NOT NULL zurück</translation>
    </message>
    <message>
        <source>Something that is not part of the schema needs a column that goes</source>
        <translation>Etwas, das nicht zum Schema gehört, braucht eine Spalte, die wegfällt</translation>
    </message>
    <message>
        <source>drop or change it in a custom migration first</source>
        <translation>es zuerst in einer eigenen Migration entfernen oder ändern</translation>
    </message>
    <message>
        <source>the value stays: PostgreSQL cannot take one out of an enum</source>
        <translation>der Wert bleibt: PostgreSQL kann keinen aus einem Enum nehmen</translation>
    </message>
    <message>
        <source>the key does not hold for rows that lost their target</source>
        <translation>der Schlüssel gilt nicht für Zeilen, die ihr Ziel verloren haben</translation>
    </message>
    <message>
        <source>A schema is not empty, so it cannot be dropped</source>
        <translation>Ein Schema ist nicht leer und kann deshalb nicht entfernt werden</translation>
    </message>
    <message>
        <source>it also holds %1</source>
        <translation>es enthält auch %1</translation>
    </message>
    <message>
        <source>drop or move these in a custom migration first</source>
        <translation>diese zuerst in einer eigenen Migration entfernen oder verschieben</translation>
    </message>
    <message>
        <source>loses where the sequence stands</source>
        <translation>verliert den Stand der Sequenz</translation>
    </message>
    <message>
        <source>the sequence starts again</source>
        <translation>die Sequenz beginnt von vorn</translation>
    </message>
    <message>
        <source>the role comes back without its password and grants</source>
        <translation>die Rolle kommt ohne Passwort und Rechte zurück</translation>
    </message>
    <message>
        <source>Something that is not part of the schema needs a table that goes</source>
        <translation>Etwas, das nicht zum Schema gehört, braucht eine Tabelle, die wegfällt</translation>
    </message>
    <message>
        <source>the table comes back empty</source>
        <translation>die Tabelle kommt leer zurück</translation>
    </message>
    <message>
        <source>nothing but its definition</source>
        <translation>nichts als ihre Definition</translation>
    </message>
    <message>
        <source>%1 is NOT NULL and has no default, and the table has rows</source>
        <translation>%1 ist NOT NULL ohne Standardwert, und die Tabelle hat Zeilen</translation>
    </message>
    <message>
        <source>%1 is NULL</source>
        <translation>%1 ist NULL</translation>
    </message>
    <message>
        <source>%1 does not fit %2</source>
        <translation>%1 passt nicht in %2</translation>
    </message>
    <message>
        <source>%1 has a value that %2 will not have</source>
        <translation>%1 hat einen Wert, den %2 nicht mehr haben wird</translation>
    </message>
    <message>
        <source>%1 does not pass the check %2</source>
        <translation>%1 besteht den Check %2 nicht</translation>
    </message>
    <message>
        <source>%1 has no value for its new primary key</source>
        <translation>%1 hat keinen Wert für den neuen Primärschlüssel</translation>
    </message>
    <message>
        <source>%1 points at a row of %2 that is not there</source>
        <translation>%1 zeigt auf eine Zeile von %2, die es nicht gibt</translation>
    </message>
    <message>
        <source>%1 occurs more than once</source>
        <translation>%1 kommt mehr als einmal vor</translation>
    </message>
    <message>
        <source>and %1 more errors</source>
        <translation>und %1 weitere Fehler</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>fails when rows exclude each other</source>
        <translation>schlägt fehl, wenn Zeilen einander ausschließen</translation>
    </message>
    <message>
        <source>removes every row</source>
        <translation>entfernt alle Zeilen</translation>
    </message>
    <message>
        <source>writes every row: there is no WHERE</source>
        <translation>schreibt alle Zeilen: es gibt kein WHERE</translation>
    </message>
    <message>
        <source>locks the rows that it writes until the migration has ended</source>
        <translation>sperrt die geschriebenen Zeilen, bis die Migration zu Ende ist</translation>
    </message>
    <message>
        <source>changes what happens when rows are written</source>
        <translation>ändert, was beim Schreiben von Zeilen geschieht</translation>
    </message>
    <message>
        <source>indexes, checks and columns that call %1 keep what it said before</source>
        <translation>Indizes, Prüfungen und Spalten, die %1 aufrufen, behalten, was es vorher ergab</translation>
    </message>
    <message>
        <source>CASCADE also drops what is not named here</source>
        <translation>CASCADE löscht auch, was hier nicht genannt ist</translation>
    </message>
    <message>
        <source>where %1 is depends on the search_path</source>
        <translation>wo %1 steht, hängt vom search_path ab</translation>
    </message>
    <message>
        <source>extension %1: needs the rights, and the files on the server</source>
        <translation>Erweiterung %1: braucht die Rechte und die Dateien auf dem Server</translation>
    </message>
    <message>
        <source>reads the new partition and the default one while nobody can write</source>
        <translation>liest die neue und die Standardpartition, während niemand schreiben kann</translation>
    </message>
    <message>
        <source>nobody can use the whole table meanwhile</source>
        <translation>niemand kann währenddessen die ganze Tabelle benutzen</translation>
    </message>
    <message>
        <source>cannot be run again when a later statement fails</source>
        <translation>lässt sich nicht wiederholen, wenn eine spätere Anweisung fehlschlägt</translation>
    </message>
    <message>
        <source>ends the transaction that the migration runs in</source>
        <translation>beendet die Transaktion, in der die Migration läuft</translation>
    </message>
    <message>
        <source>reads every table that uses the domain</source>
        <translation>liest jede Tabelle, die die Domäne benutzt</translation>
    </message>
    <message>
        <source>writes all of it anew, which takes long</source>
        <translation>schreibt alles neu, was lange dauert</translation>
    </message>
    <message>
        <source>runs the whole query, and nobody can read meanwhile</source>
        <translation>führt die ganze Abfrage aus, und niemand kann währenddessen lesen</translation>
    </message>
    <message>
        <source>runs code that cannot be examined</source>
        <translation>führt Code aus, der sich nicht untersuchen lässt</translation>
    </message>
    <message>
        <source>first a release that no longer uses it, then this</source>
        <translation>zuerst eine Version, die es nicht mehr benutzt, dann dies</translation>
    </message>
    <message>
        <source>add the new name beside the old one, fill it, switch, then drop the old</source>
        <translation>den neuen Namen neben dem alten anlegen, füllen, umschalten, dann den alten löschen</translation>
    </message>
    <message>
        <source>a second table or column that a trigger keeps up, filled in batches</source>
        <translation>eine zweite Tabelle oder Spalte, die ein Trigger nachführt, in Schüben gefüllt</translation>
    </message>
    <message>
        <source>add it without NOT NULL, fill it, then set NOT NULL</source>
        <translation>ohne NOT NULL hinzufügen, füllen, dann NOT NULL setzen</translation>
    </message>
    <message>
        <source>add it without the default, set the default, fill it in batches</source>
        <translation>ohne Vorgabewert hinzufügen, den Vorgabewert setzen, in Schüben füllen</translation>
    </message>
    <message>
        <source>a check with NOT VALID, VALIDATE in another migration, then SET NOT NULL</source>
        <translation>eine Prüfung mit NOT VALID, VALIDATE in einer anderen Migration, dann SET NOT NULL</translation>
    </message>
    <message>
        <source>in batches by the key, each committed</source>
        <translation>in Schüben nach dem Schlüssel, jeder festgeschrieben</translation>
    </message>
    <message>
        <source>a check on the partition that says its bounds, validated before</source>
        <translation>eine vorher geprüfte CHECK-Bedingung der Partition, die ihre Grenzen nennt</translation>
    </message>
    <message>
        <source>DETACH PARTITION … CONCURRENTLY, in a migration of its own</source>
        <translation>DETACH PARTITION … CONCURRENTLY, in einer eigenen Migration</translation>
    </message>
    <message>
        <source>REFRESH … CONCURRENTLY, with a unique index on the view</source>
        <translation>REFRESH … CONCURRENTLY, mit einem eindeutigen Index auf der Sicht</translation>
    </message>
    <message>
        <source>NOT VALID, then VALIDATE in another migration</source>
        <translation>NOT VALID, dann VALIDATE in einer anderen Migration</translation>
    </message>
    <message>
        <source>CREATE UNIQUE INDEX CONCURRENTLY, then the constraint USING INDEX</source>
        <translation>CREATE UNIQUE INDEX CONCURRENTLY, dann die Bedingung USING INDEX</translation>
    </message>
    <message>
        <source>CONCURRENTLY, in a migration of its own</source>
        <translation>CONCURRENTLY, in einer eigenen Migration</translation>
    </message>
    <message>
        <source>at a time when nobody works: it cannot be built concurrently</source>
        <translation>zu einer Zeit, in der niemand arbeitet: nebenher lässt sie sich nicht aufbauen</translation>
    </message>
    <message>
        <source>say BEFORE or AFTER which value</source>
        <translation>mit BEFORE oder AFTER sagen, neben welchem Wert</translation>
    </message>
    <message>
        <source>without CASCADE, what depends on it dropped by name before</source>
        <translation>ohne CASCADE; was davon abhängt, vorher mit Namen löschen</translation>
    </message>
    <message>
        <source>write the schema in front</source>
        <translation>das Schema davor schreiben</translation>
    </message>
    <message>
        <source>IF NOT EXISTS, or IF EXISTS</source>
        <translation>IF NOT EXISTS oder IF EXISTS</translation>
    </message>
    <message>
        <source>leave it out: every migration runs in a transaction</source>
        <translation>weglassen: jede Migration läuft in einer Transaktion</translation>
    </message>
    <message>
        <source>REINDEX what calls it, and write its columns anew</source>
        <translation>mit REINDEX neu aufbauen, was sie aufruft, und deren Spalten neu schreiben</translation>
    </message>
    <message>
        <source>%1 begin alike: the longer one is enough</source>
        <translation>%1 beginnen gleich: der längere genügt</translation>
    </message>
    <message>
        <source>The migrations folder cannot be relied on</source>
        <translation>Auf den Ordner der Migrationen ist kein Verlass</translation>
    </message>
    <message>
        <source>&quot;sluice check&quot; says all that is wrong with it</source>
        <translation>„sluice check“ sagt alles, was an ihm nicht stimmt</translation>
    </message>
    <message>
        <source>PostgreSQL has no cast between the two types of a column</source>
        <translation>PostgreSQL kann die Werte einer Spalte nicht in den anderen Typ umwandeln</translation>
    </message>
    <message>
        <source>%1 would become %2</source>
        <translation>aus %1 würde %2</translation>
    </message>
    <message>
        <source>write a custom migration that converts the values, or give the new type to a column of another name</source>
        <translation>schreiben Sie eine eigene Migration, die die Werte umrechnet, oder geben Sie den neuen Typ einer Spalte mit anderem Namen</translation>
    </message>
    <message>
        <source>PostgreSQL has no cast back to %1</source>
        <translation>PostgreSQL kann nicht in %1 zurückwandeln</translation>
    </message>
    <message>
        <source>of an array only its first value comes back</source>
        <translation>von einem Array kommt nur der erste Wert zurück</translation>
    </message>
    <message>
        <source>There is no order in which the statements of the plan would run</source>
        <translation>Für die Anweisungen des Plans gibt es keine Reihenfolge, in der sie laufen</translation>
    </message>
    <message>
        <source>these wait for each other: %1</source>
        <translation>diese warten aufeinander: %1</translation>
    </message>
    <message>
        <source>make the change in two migrations, or write a custom one</source>
        <translation>ändern Sie in zwei Migrationen, oder schreiben Sie eine eigene</translation>
    </message>
    <message>
        <source>publication %1</source>
        <translation>Publikation %1</translation>
    </message>
    <message>
        <source>the column is made anew: rights, comment and settings that are not known here are lost</source>
        <translation>Die Spalte wird neu angelegt: Rechte, Kommentar und Einstellungen, die hier nicht bekannt sind, gehen verloren</translation>
    </message>
    <message>
        <source>triggers run for every row: one that notes when a row was changed notes it everywhere</source>
        <translation>Trigger laufen für jede Zeile: einer, der den Zeitpunkt der Änderung festhält, tut das überall</translation>
    </message>
    <message>
        <source>needs about %1 of free disk, the log of it included</source>
        <translation>braucht etwa %1 freien Speicherplatz, das Protokoll darüber eingerechnet</translation>
    </message>
    <message>
        <source>%1 does not carry it: subscribers of the table need it as well, or they stop</source>
        <translation>%1 überträgt das nicht: Abonnenten der Tabelle brauchen es auch, sonst bleiben sie stehen</translation>
    </message>
    <message>
        <source>without a key UPDATE and DELETE fail when %1 has the table</source>
        <translation>Ohne Schlüssel scheitern UPDATE und DELETE, wenn die Tabelle zu %1 gehört</translation>
    </message>
    <message>
        <source>%1 stays locked meanwhile: a program that locks them in another order ends in a deadlock</source>
        <translation>%1 bleibt währenddessen gesperrt: Ein Programm, das in anderer Reihenfolge sperrt, endet in einer Verklemmung</translation>
    </message>
    <message>
        <source>say %1 where it was renamed, and --accept-drops for what is dropped and added</source>
        <translation>Geben Sie %1 an, wo umbenannt wurde, und --accept-drops für das, was wegfällt und neu hinzukommt</translation>
    </message>
    <message>
        <source>and another error</source>
        <translation>und ein weiterer Fehler</translation>
    </message>
    <message>
        <source>a migration for each table</source>
        <translation>eine Migration für jede Tabelle</translation>
    </message>
    <message>
        <source>new columns at the subscribers first, and what goes there last</source>
        <translation>Neue Spalten zuerst bei den Abonnenten, und was wegfällt dort zuletzt</translation>
    </message>
    <message>
        <source>a primary key, or REPLICA IDENTITY with an index or FULL</source>
        <translation>ein Primärschlüssel, oder REPLICA IDENTITY mit einem Index oder FULL</translation>
    </message>
    <message>
        <source>What is in the way cannot be made again afterwards</source>
        <translation>Was im Weg ist, lässt sich danach nicht wieder anlegen</translation>
    </message>
    <message>
        <source>drop it, apply the change, and make it again by hand</source>
        <translation>lösche es, wende die Änderung an und lege es von Hand wieder an</translation>
    </message>
    <message>
        <source>drizzle-kit goes by the entry&apos;s &quot;when&quot; alone, which is newer than all that is applied</source>
        <translation>drizzle-kit richtet sich allein nach &quot;when&quot; des Eintrags, und das ist neuer als alles Angewendete</translation>
    </message>
    <message>
        <source>%1 was applied under another name; drizzle-kit would run it again</source>
        <translation>%1 wurde unter einem anderen Namen angewendet; drizzle-kit würde es noch einmal ausführen</translation>
    </message>
    <message>
        <source>go on with &quot;sluice migrate&quot;, or set created_at of its row in the table of applied migrations to %1</source>
        <translation>mit „sluice migrate“ weitermachen, oder created_at seiner Zeile in der Tabelle der angewendeten Migrationen auf %1 setzen</translation>
    </message>
    <message>
        <source>%1 has no snapshot</source>
        <translation>%1 hat keinen Snapshot</translation>
    </message>
    <message>
        <source>drizzle-kit goes on from %1 and generates nothing again, but what the schema was in between is lost</source>
        <translation>drizzle-kit macht mit %1 weiter und erzeugt nichts noch einmal; wie das Schema dazwischen war, ist aber verloren</translation>
    </message>
    <message>
        <source>&quot;sluice check --rebase&quot; puts the one that is not applied on top of the other</source>
        <translation>„sluice check --rebase“ setzt den, der nicht angewendet ist, auf den anderen</translation>
    </message>
    <message>
        <source>Both branches have been applied</source>
        <translation>Beide Zweige sind angewendet</translation>
    </message>
    <message>
        <source>whichever is moved would run again under its new name</source>
        <translation>der verschobene liefe unter seinem neuen Namen noch einmal</translation>
    </message>
    <message>
        <source>name a database with --url that has run only one of them; &quot;sluice check&quot; then says what to change in the others</source>
        <translation>mit --url eine Datenbank nennen, die nur einen von beiden ausgeführt hat; „sluice check“ sagt danach, was in den anderen zu ändern ist</translation>
    </message>
</context>
<context>
    <name>pg</name>
    <message>
        <source>The work was cancelled</source>
        <translation>Die Arbeit wurde abgebrochen</translation>
    </message>
    <message>
        <source>A script runs only with writes allowed</source>
        <translation>Ein Skript läuft nur, wenn Schreiben erlaubt ist</translation>
    </message>
    <message>
        <source>COPY through the connection is not supported</source>
        <translation>COPY über die Verbindung wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The private server is not running</source>
        <translation>Der private Server läuft nicht</translation>
    </message>
    <message>
        <source>Start it with: sluice sample start</source>
        <translation>Ihn starten mit: sluice sample start</translation>
    </message>
    <message>
        <source>The private server&apos;s folder cannot be made</source>
        <translation>Der Ordner des privaten Servers lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The private server&apos;s folder cannot be closed to others</source>
        <translation>Der Ordner des privaten Servers lässt sich nicht vor anderen verschließen</translation>
    </message>
    <message>
        <source>A folder cannot be given to the server&apos;s user</source>
        <translation>Ein Ordner lässt sich nicht dem Benutzer des Servers übergeben</translation>
    </message>
    <message>
        <source>A file of the private server cannot be written</source>
        <translation>Eine Datei des privaten Servers lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The password file cannot be given to the server&apos;s user</source>
        <translation>Die Passwortdatei lässt sich nicht dem Benutzer des Servers übergeben</translation>
    </message>
    <message>
        <source>The private server&apos;s data cannot be put in place</source>
        <translation>Die Daten des privaten Servers lassen sich nicht an ihren Platz bringen</translation>
    </message>
    <message>
        <source>The server&apos;s log cannot be given to the server&apos;s user</source>
        <translation>Das Log des Servers lässt sich nicht dem Benutzer des Servers übergeben</translation>
    </message>
    <message>
        <source>The private server does not start</source>
        <translation>Der private Server startet nicht</translation>
    </message>
    <message>
        <source>There is no free port for the private server</source>
        <translation>Für den privaten Server ist kein Port frei</translation>
    </message>
    <message>
        <source>Making the private server</source>
        <translation>Der private Server wird angelegt</translation>
    </message>
    <message>
        <source>The private server&apos;s data is not what was made there</source>
        <translation>Die Daten des privaten Servers sind nicht die, die dort angelegt wurden</translation>
    </message>
    <message>
        <source>Its system identifier is not the recorded one</source>
        <translation>Die Systemkennung ist nicht die verzeichnete</translation>
    </message>
    <message>
        <source>Remove or rename the folder</source>
        <translation>Den Ordner entfernen oder umbenennen</translation>
    </message>
    <message>
        <source>Starting the private server</source>
        <translation>Der private Server wird gestartet</translation>
    </message>
    <message>
        <source>The statement left a transaction open</source>
        <translation>Die Anweisung ließ eine Transaktion offen</translation>
    </message>
    <message>
        <source>It was rolled back</source>
        <translation>Sie wurde zurückgerollt</translation>
    </message>
    <message>
        <source>Another session holds the lock; try again when it is done</source>
        <translation>Eine andere Sitzung hält die Sperre; noch einmal versuchen, wenn sie fertig ist</translation>
    </message>
    <message>
        <source>Allow writes first: Sluice reads only until then</source>
        <translation>Erst Schreiben erlauben: bis dahin liest Sluice nur</translation>
    </message>
    <message>
        <source>There is no statement to run</source>
        <translation>Es gibt keine Anweisung auszuführen</translation>
    </message>
    <message>
        <source>%1 is not a statement that only reads</source>
        <translation>%1 ist keine Anweisung, die nur liest</translation>
    </message>
    <message>
        <source>Cannot connect to the server</source>
        <translation>Keine Verbindung zum Server</translation>
    </message>
    <message>
        <source>There was no answer in %1 seconds</source>
        <translation>In %1 Sekunden kam keine Antwort</translation>
    </message>
    <message>
        <source>Check the host in the database URL and your network</source>
        <translation>Den Rechnernamen in der Datenbank-URL und das Netz prüfen</translation>
    </message>
    <message>
        <source>There is no user postgres to run the server as</source>
        <translation>Es gibt keinen Benutzer postgres, unter dem der Server laufen könnte</translation>
    </message>
    <message>
        <source>PostgreSQL refuses to run as root</source>
        <translation>PostgreSQL läuft nicht als root</translation>
    </message>
    <message>
        <source>Install the package postgresql, or do not run Sluice as root</source>
        <translation>Das Paket postgresql installieren oder Sluice nicht als root ausführen</translation>
    </message>
    <message>
        <source>PostgreSQL&apos;s server programs are not installed</source>
        <translation>Die Serverprogramme von PostgreSQL sind nicht installiert</translation>
    </message>
    <message>
        <source>The server programs of PostgreSQL %1 are not installed</source>
        <translation>Die Serverprogramme von PostgreSQL %1 sind nicht installiert</translation>
    </message>
    <message>
        <source>initdb, pg_ctl and postgres are needed for the private server</source>
        <translation>initdb, pg_ctl und postgres werden für den privaten Server gebraucht</translation>
    </message>
    <message>
        <source>Install the package %1 (Debian: apt install %1)</source>
        <translation>Das Paket %1 installieren (Debian: apt install %1)</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 scheiterte</translation>
    </message>
    <message>
        <source>Write it as postgres://user:password@host:5432/database; in the password, write @ as %40, / as %2F, ? as %3F and % as %25</source>
        <translation>Sie als postgres://benutzer:passwort@rechner:5432/datenbank schreiben; im Passwort @ als %40, / als %2F, ? als %3F und % als %25</translation>
    </message>
    <message>
        <source>There is no database URL</source>
        <translation>Es gibt keine Datenbank-URL</translation>
    </message>
    <message>
        <source>The database URL cannot be read</source>
        <translation>Die Datenbank-URL lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The private server&apos;s folder belongs to somebody else</source>
        <translation>Der Ordner des privaten Servers gehört jemand anderem</translation>
    </message>
    <message>
        <source>Remove or rename it</source>
        <translation>Ihn entfernen oder umbenennen</translation>
    </message>
    <message>
        <source>Another server answers in the place of the expected one</source>
        <translation>Anstelle des erwarteten Servers antwortet ein anderer</translation>
    </message>
    <message>
        <source>Nothing was sent to it; stop that server or correct the database URL</source>
        <translation>Nichts wurde an ihn gesendet; diesen Server anhalten oder die Datenbank-URL berichtigen</translation>
    </message>
    <message>
        <source>The server refused the login</source>
        <translation>Der Server lehnte die Anmeldung ab</translation>
    </message>
    <message>
        <source>Check the user name and password in the database URL</source>
        <translation>Benutzername und Passwort in der Datenbank-URL prüfen</translation>
    </message>
    <message>
        <source>The database does not exist</source>
        <translation>Die Datenbank gibt es nicht</translation>
    </message>
    <message>
        <source>Create it, or correct its name in the database URL</source>
        <translation>Sie anlegen oder ihren Namen in der Datenbank-URL berichtigen</translation>
    </message>
    <message>
        <source>The server&apos;s name is not known</source>
        <translation>Der Name des Servers ist unbekannt</translation>
    </message>
    <message>
        <source>Close other programs that use this server, or raise max_connections</source>
        <translation>Andere Programme schließen, die diesen Server benutzen, oder max_connections erhöhen</translation>
    </message>
    <message>
        <source>Check that the server runs and that host and port in the database URL are right</source>
        <translation>Prüfen, ob der Server läuft und Rechner und Port in der Datenbank-URL stimmen</translation>
    </message>
    <message>
        <source>It ran longer than the statement timeout allows</source>
        <translation>Es lief länger, als das Zeitlimit für Anweisungen erlaubt</translation>
    </message>
    <message>
        <source>The connection to the server was lost</source>
        <translation>Die Verbindung zum Server ging verloren</translation>
    </message>
    <message>
        <source>Try again; the next query connects anew</source>
        <translation>Noch einmal versuchen; die nächste Abfrage verbindet neu</translation>
    </message>
    <message>
        <source>The private server has no password for this role</source>
        <translation>Der private Server hat kein Passwort für diese Rolle</translation>
    </message>
    <message>
        <source>A lock cannot be taken</source>
        <translation>Eine Sperre ist nicht zu bekommen</translation>
    </message>
    <message>
        <source>The server does not answer any more</source>
        <translation>Der Server antwortet nicht mehr</translation>
    </message>
    <message>
        <source>Look after the server and your network, then try again</source>
        <translation>Sieh nach dem Server und deinem Netz und versuche es dann noch einmal</translation>
    </message>
    <message>
        <source>The connection&apos;s options cannot be used</source>
        <translation>Mit diesen Angaben lässt sich keine Verbindung aufbauen</translation>
    </message>
    <message>
        <source>Correct them in the database URL, the service file or the environment (PG…)</source>
        <translation>Korrigieren Sie sie in der Datenbank-URL, der Service-Datei oder der Umgebung (PG…)</translation>
    </message>
    <message>
        <source>The service is not known</source>
        <translation>Der Service ist nicht bekannt</translation>
    </message>
    <message>
        <source>Add it to ~/.pg_service.conf, or say in PGSERVICEFILE which file has it</source>
        <translation>Tragen Sie ihn in ~/.pg_service.conf ein, oder nennen Sie in PGSERVICEFILE die Datei, in der er steht</translation>
    </message>
    <message>
        <source>The port is not a number from 1 to 65535</source>
        <translation>Der Port ist keine Zahl von 1 bis 65535</translation>
    </message>
    <message>
        <source>The name servers did not answer in %1 seconds</source>
        <translation>Die Nameserver haben in %1 Sekunden nicht geantwortet</translation>
    </message>
    <message>
        <source>not needed on this machine</source>
        <translation>auf diesem Rechner nicht nötig</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>%1, certificate and name checked</source>
        <translation>%1, Zertifikat und Name geprüft</translation>
    </message>
    <message>
        <source>%1, certificate checked</source>
        <translation>%1, Zertifikat geprüft</translation>
    </message>
    <message>
        <source>%1, certificate not checked</source>
        <translation>%1, Zertifikat nicht geprüft</translation>
    </message>
    <message>
        <source>answers at the socket in %1</source>
        <translation>antwortet am Socket in %1</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 antwortet</translation>
    </message>
    <message>
        <source>as %1</source>
        <translation>als %1</translation>
    </message>
    <message>
        <source>there is none to look up</source>
        <translation>es gibt keinen nachzuschlagen</translation>
    </message>
    <message>
        <source>What answers there is no PostgreSQL server</source>
        <translation>Was dort antwortet, ist kein PostgreSQL-Server</translation>
    </message>
    <message>
        <source>Correct the port in the database URL; PostgreSQL&apos;s own is 5432</source>
        <translation>Korrigieren Sie den Port in der Datenbank-URL; der übliche von PostgreSQL ist 5432</translation>
    </message>
    <message>
        <source>The server offers no encrypted connection (TLS)</source>
        <translation>Der Server bietet keine verschlüsselte Verbindung (TLS) an</translation>
    </message>
    <message>
        <source>Turn ssl on at the server; or, where nobody can listen on the way, write sslmode=prefer instead of sslmode=%1</source>
        <translation>Schalten Sie am Server ssl ein; oder schreiben Sie, wo unterwegs niemand mithören kann, sslmode=prefer statt sslmode=%1</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not from an authority you trust</source>
        <translation>Das Zertifikat des Servers stammt von keiner Stelle, der Sie vertrauen</translation>
    </message>
    <message>
        <source>Give the authority&apos;s certificate as sslrootcert; if you did, this may be another server than you think</source>
        <translation>Geben Sie das Zertifikat der Stelle als sslrootcert an; wenn es schon angegeben ist, kann dies ein anderer Server sein, als Sie denken</translation>
    </message>
    <message>
        <source>The server refused the encrypted connection (TLS)</source>
        <translation>Der Server hat die verschlüsselte Verbindung (TLS) abgelehnt</translation>
    </message>
    <message>
        <source>It may want a certificate of yours: give sslcert and sslkey</source>
        <translation>Vielleicht will er ein Zertifikat von Ihnen: geben Sie sslcert und sslkey an</translation>
    </message>
    <message>
        <source>The encrypted connection (TLS) failed</source>
        <translation>Die verschlüsselte Verbindung (TLS) kam nicht zustande</translation>
    </message>
    <message>
        <source>With sslmode=%1, host must be a name in the server&apos;s certificate, and sslrootcert the authority that signed it</source>
        <translation>Bei sslmode=%1 muss der Host ein Name im Zertifikat des Servers sein und sslrootcert die Stelle, die es unterschrieben hat</translation>
    </message>
    <message>
        <source>The server takes no more connections</source>
        <translation>Der Server nimmt keine weiteren Verbindungen an</translation>
    </message>
    <message>
        <source>The server does not take connections now</source>
        <translation>Der Server nimmt gerade keine Verbindungen an</translation>
    </message>
    <message>
        <source>It is starting or stopping; try again in a moment</source>
        <translation>Er startet oder hält gerade an; versuchen Sie es gleich noch einmal</translation>
    </message>
    <message>
        <source>Its rules (pg_hba.conf) let this user, from here, in that way, not in; check the user name and sslmode</source>
        <translation>Seine Regeln (pg_hba.conf) lassen diesen Benutzer von hier aus auf diese Weise nicht ein; prüfen Sie Benutzername und sslmode</translation>
    </message>
    <message>
        <source>This user may not use the database</source>
        <translation>Dieser Benutzer darf die Datenbank nicht benutzen</translation>
    </message>
    <message>
        <source>Its owner can allow it: GRANT CONNECT ON DATABASE</source>
        <translation>Ihr Eigentümer kann es erlauben: GRANT CONNECT ON DATABASE</translation>
    </message>
    <message>
        <source>The server refused the connection</source>
        <translation>Der Server hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>Look into the server&apos;s log for more about it</source>
        <translation>Mehr darüber steht im Log des Servers</translation>
    </message>
    <message>
        <source>The SSH host is not one</source>
        <translation>Der SSH-Host ist keiner</translation>
    </message>
    <message>
        <source>Write it as user@host, user@host:port or a name from ~/.ssh/config</source>
        <translation>Schreiben Sie ihn als benutzer@host, benutzer@host:port oder als Namen aus ~/.ssh/config</translation>
    </message>
    <message>
        <source>%1, from here port %2</source>
        <translation>%1, von hier Port %2</translation>
    </message>
    <message>
        <source>The SSH tunnel could not be opened</source>
        <translation>Der SSH-Tunnel konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Try it in a terminal: ssh %1</source>
        <translation>Versuchen Sie es in einem Terminal: ssh %1</translation>
    </message>
    <message>
        <source>There is no ssh on this machine</source>
        <translation>Auf diesem Rechner gibt es kein ssh</translation>
    </message>
    <message>
        <source>Install it (openssh-client)</source>
        <translation>Installieren Sie es (openssh-client)</translation>
    </message>
    <message>
        <source>The SSH host&apos;s key is not known, or is not the one it was</source>
        <translation>Der Schlüssel des SSH-Hosts ist nicht bekannt, oder er ist ein anderer als früher</translation>
    </message>
    <message>
        <source>Connect once in a terminal and compare the key: ssh %1</source>
        <translation>Verbinden Sie sich einmal in einem Terminal und vergleichen Sie den Schlüssel: ssh %1</translation>
    </message>
    <message>
        <source>The SSH host refused the login</source>
        <translation>Der SSH-Host hat die Anmeldung abgelehnt</translation>
    </message>
    <message>
        <source>ssh must get in without asking: load the key with ssh-add, or name it in ~/.ssh/config</source>
        <translation>ssh muss ohne Rückfrage hineinkommen: laden Sie den Schlüssel mit ssh-add, oder nennen Sie ihn in ~/.ssh/config</translation>
    </message>
    <message>
        <source>The SSH host&apos;s name is not known</source>
        <translation>Der Name des SSH-Hosts ist nicht bekannt</translation>
    </message>
    <message>
        <source>Check the name, or add it to ~/.ssh/config</source>
        <translation>Prüfen Sie den Namen, oder tragen Sie ihn in ~/.ssh/config ein</translation>
    </message>
    <message>
        <source>The connection was lost, and the open transaction with it</source>
        <translation>Die Verbindung ging verloren und mit ihr die offene Transaktion</translation>
    </message>
    <message>
        <source>The server rolls it back, nothing of it is kept; try again</source>
        <translation>Der Server rollt sie zurück, nichts davon bleibt; versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>The statement has a parameter without a value</source>
        <translation>Die Anweisung hat einen Parameter ohne Wert</translation>
    </message>
    <message>
        <source>A value cannot be written for the server</source>
        <translation>Ein Wert lässt sich nicht für den Server schreiben</translation>
    </message>
    <message>
        <source>It is not known whether the server did what it was asked: look before you do it again</source>
        <translation>Ob der Server den Auftrag ausgeführt hat, ist nicht bekannt: erst nachsehen, bevor er wiederholt wird</translation>
    </message>
    <message>
        <source>The server let us in and answers nothing</source>
        <translation>Der Server hat uns eingelassen und antwortet nicht</translation>
    </message>
    <message>
        <source>A pooler without a free server waits like that: see how many connections it has, or connect to the server itself</source>
        <translation>So wartet ein Pooler ohne freien Server: sehen Sie nach, wie viele Verbindungen er hat, oder verbinden Sie sich mit dem Server selbst</translation>
    </message>
    <message>
        <source>Rows are taken in only with writes allowed</source>
        <translation>Zeilen werden nur aufgenommen, wenn Schreiben erlaubt ist</translation>
    </message>
</context>
<context>
    <name>rows</name>
    <message>
        <source>The file cannot be read</source>
        <translation>Die Datei kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>A row of the file is longer than 64 MiB</source>
        <translation>Eine Zeile der Datei ist länger als 64 MiB</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>a quote that is opened there is probably never closed</source>
        <translation>ein Anführungszeichen, das dort öffnet, wird wohl nie geschlossen</translation>
    </message>
    <message>
        <source>a quote stands inside a field that does not begin with one, or text follows the closing one</source>
        <translation>ein Anführungszeichen steht in einem Feld, das nicht mit einem beginnt, oder dem schließenden folgt Text</translation>
    </message>
    <message>
        <source>a quote is opened and never closed</source>
        <translation>ein Anführungszeichen wird geöffnet und nie geschlossen</translation>
    </message>
    <message>
        <source>it is not UTF-8: the file has another encoding</source>
        <translation>sie ist nicht UTF-8: die Datei hat eine andere Kodierung</translation>
    </message>
    <message>
        <source>it holds a zero byte, which no text in PostgreSQL can</source>
        <translation>sie enthält ein Nullbyte, was in PostgreSQL kein Text kann</translation>
    </message>
</context>
<context>
    <name>runner</name>
    <message>
        <source>The file of migration %1 is missing</source>
        <translation>Die Datei der Migration %1 fehlt</translation>
    </message>
    <message>
        <source>Bring it back, or take its entry out of meta/_journal.json</source>
        <translation>Sie zurückholen oder ihren Eintrag aus meta/_journal.json nehmen</translation>
    </message>
    <message>
        <source>Migration %1 holds %2, which cannot run inside a transaction</source>
        <translation>Migration %1 enthält %2, was in keiner Transaktion laufen kann</translation>
    </message>
    <message>
        <source>Nothing of it was applied; take the statement out: every migration runs in a transaction of its own</source>
        <translation>Nichts davon wurde angewendet; die Anweisung herausnehmen: jede Migration läuft in ihrer eigenen Transaktion</translation>
    </message>
    <message>
        <source>Migration %1 failed at statement %2</source>
        <translation>Migration %1 scheiterte an Anweisung %2</translation>
    </message>
    <message>
        <source>Nothing of this migration was applied; correct it and apply again</source>
        <translation>Nichts von dieser Migration wurde angewendet; sie berichtigen und noch einmal anwenden</translation>
    </message>
    <message>
        <source>Migration %1 could not be applied</source>
        <translation>Migration %1 ließ sich nicht anwenden</translation>
    </message>
    <message>
        <source>Nothing of it was applied; put the statement into a migration of its own</source>
        <translation>Nichts davon wurde angewendet; die Anweisung in eine eigene Migration setzen</translation>
    </message>
    <message>
        <source>it failed on a value</source>
        <translation>sie scheiterte an einem Wert</translation>
    </message>
    <message>
        <source>Whether %1 could not be asked: %2</source>
        <translation>Nicht zu klären war, ob %1: %2</translation>
    </message>
    <message>
        <source>%1 (rows: %2)</source>
        <translation>%1 (Zeilen: %2)</translation>
    </message>
    <message>
        <source>, and %1 more</source>
        <translation>, und %1 weitere</translation>
    </message>
    <message>
        <source>Nothing was applied: rows stand in the way</source>
        <translation>Nichts wurde angewendet: Zeilen stehen im Weg</translation>
    </message>
    <message>
        <source>change or delete these rows, then try again</source>
        <translation>ändern oder löschen Sie diese Zeilen und versuchen Sie es dann erneut</translation>
    </message>
    <message>
        <source>Roles belong to all databases of a server, and this one is there already. Nothing of this migration was applied; take CREATE ROLE out of it and apply again</source>
        <translation>Rollen gehören allen Datenbanken eines Servers, und diese gibt es schon. Von dieser Migration wurde nichts angewandt; nehmen Sie CREATE ROLE heraus und wenden Sie sie noch einmal an</translation>
    </message>
    <message>
        <source>Correct it and apply again: the invalid index that it left is dropped first</source>
        <translation>Korrigieren Sie es und wenden Sie sie noch einmal an: Der ungültige Index, den sie zurückließ, wird vorher gelöscht</translation>
    </message>
    <message>
        <source>It ran outside of a transaction: undo what it has done, correct it and apply again</source>
        <translation>Sie lief außerhalb einer Transaktion: Nehmen Sie zurück, was sie getan hat, korrigieren Sie es und wenden Sie sie noch einmal an</translation>
    </message>
    <message>
        <source>Nothing of this migration was applied; apply again when the server is there</source>
        <translation>Von dieser Migration wurde nichts angewendet; wende sie wieder an, wenn der Server da ist</translation>
    </message>
    <message>
        <source>It ran outside of a transaction, and the server may still be at it: wait for that and undo what it has done, then apply again</source>
        <translation>Sie lief außerhalb einer Transaktion, und der Server ist vielleicht noch dabei: Warte das ab, mache rückgängig, was sie getan hat, und wende dann wieder an</translation>
    </message>
    <message>
        <source>Whether migration %1 was applied is not known</source>
        <translation>Ob die Migration %1 angewendet wurde, ist nicht bekannt</translation>
    </message>
    <message>
        <source>Apply again when the server is there: what was applied is not applied twice</source>
        <translation>Wende wieder an, wenn der Server da ist: Was angewendet wurde, wird nicht zweimal angewendet</translation>
    </message>
    <message>
        <source>Migration %1 has run, but whether the ledger knows is not certain</source>
        <translation>Die Migration %1 ist gelaufen, aber ob das Ledger davon weiß, ist nicht sicher</translation>
    </message>
    <message>
        <source>It ran outside of a transaction: see with &quot;sluice status&quot;; where it is still pending, undo what it has done and apply again</source>
        <translation>Sie lief außerhalb einer Transaktion: Sieh mit „sluice status“ nach; steht sie noch aus, mache rückgängig, was sie getan hat, und wende wieder an</translation>
    </message>
</context>
<context>
    <name>schema</name>
    <message>
        <source>The schema&apos;s JSON cannot be read</source>
        <translation>Das JSON des Schemas lässt sich nicht lesen</translation>
    </message>
</context>
<context>
    <name>session</name>
    <message>
        <source>A file of the sample project cannot be read</source>
        <translation>Eine Datei des Beispielprojekts lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>A folder for the sample project cannot be made</source>
        <translation>Ein Ordner für das Beispielprojekt lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>A file of the sample project cannot be written</source>
        <translation>Eine Datei des Beispielprojekts lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The sample project is not installed</source>
        <translation>Das Beispielprojekt ist nicht installiert</translation>
    </message>
    <message>
        <source>Install Sluice again</source>
        <translation>Sluice neu installieren</translation>
    </message>
    <message>
        <source>The sample&apos;s change does not fit its file</source>
        <translation>Die Änderung des Beispiels passt nicht zu ihrer Datei</translation>
    </message>
    <message>
        <source>the text to replace does not occur exactly once</source>
        <translation>der zu ersetzende Text kommt nicht genau einmal vor</translation>
    </message>
    <message>
        <source>The sample&apos;s change cannot be read</source>
        <translation>Die Änderung des Beispiels lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>A copy that was begun earlier cannot be removed</source>
        <translation>Eine früher begonnene Kopie lässt sich nicht entfernen</translation>
    </message>
    <message>
        <source>The copy of the sample project cannot be put in place</source>
        <translation>Die Kopie des Beispielprojekts lässt sich nicht an ihren Platz bringen</translation>
    </message>
    <message>
        <source>local</source>
        <translation>lokal</translation>
    </message>
    <message>
        <source>staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>remote</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>Writing to a server off this machine is refused</source>
        <translation>Auf einen Server außerhalb dieses Rechners wird nicht geschrieben</translation>
    </message>
    <message>
        <source>add --remote if this server is meant</source>
        <translation>--remote ergänzen, wenn dieser Server gemeint ist</translation>
    </message>
    <message>
        <source>More than one tenant is called &apos;%1&apos;</source>
        <translation>Mehr als ein Mandant heißt „%1“</translation>
    </message>
    <message>
        <source>There is no tenant &apos;%1&apos;</source>
        <translation>Es gibt keinen Mandanten „%1“</translation>
    </message>
    <message>
        <source>give its %1</source>
        <translation>%1 angeben</translation>
    </message>
    <message>
        <source>The statement writes</source>
        <translation>Die Anweisung schreibt</translation>
    </message>
    <message>
        <source>add --write to allow it</source>
        <translation>--write ergänzen, um es zu erlauben</translation>
    </message>
    <message>
        <source>The statement would change every row of its table</source>
        <translation>Die Anweisung würde jede Zeile ihrer Tabelle ändern</translation>
    </message>
    <message>
        <source>add WHERE, or WHERE true when every row is meant</source>
        <translation>WHERE ergänzen, oder WHERE true, wenn jede Zeile gemeint ist</translation>
    </message>
    <message>
        <source>The preparation of the sample was cancelled</source>
        <translation>Die Vorbereitung des Beispiels wurde abgebrochen</translation>
    </message>
    <message>
        <source>The sample data cannot be loaded: %1</source>
        <translation>Die Beispieldaten lassen sich nicht laden: %1</translation>
    </message>
    <message>
        <source>Copying the sample project</source>
        <translation>Das Beispielprojekt wird kopiert</translation>
    </message>
    <message>
        <source>Making the sample&apos;s database</source>
        <translation>Die Datenbank des Beispiels wird angelegt</translation>
    </message>
    <message>
        <source>Applying %1</source>
        <translation>%1 wird angewendet</translation>
    </message>
    <message>
        <source>Loading the sample data: %1</source>
        <translation>Die Beispieldaten werden geladen: %1</translation>
    </message>
    <message>
        <source>A file of Sluice is missing</source>
        <translation>Eine Datei von Sluice fehlt</translation>
    </message>
    <message>
        <source>The sample data cannot be read</source>
        <translation>Die Beispieldaten lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>The project names no database</source>
        <translation>Das Projekt nennt keine Datenbank</translation>
    </message>
    <message>
        <source>looked for %1</source>
        <translation>gesucht wurde %1</translation>
    </message>
    <message>
        <source>set DATABASE_URL in the project&apos;s .env file, or give --url postgres://…</source>
        <translation>DATABASE_URL in der .env-Datei des Projekts setzen oder --url postgres://… angeben</translation>
    </message>
    <message>
        <source>Parts of the schema could not be read</source>
        <translation>Teile des Schemas konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>errors: %1; what is missing would look as if it had been dropped</source>
        <translation>Fehler: %1; was fehlt, sähe aus wie gelöscht</translation>
    </message>
    <message>
        <source>mend the errors first</source>
        <translation>zuerst die Fehler beheben</translation>
    </message>
    <message>
        <source>The scratch server did not take %1; it is compared as text</source>
        <translation>Der Hilfsserver hat %1 nicht angenommen; es wird als Text verglichen</translation>
    </message>
    <message>
        <source>%1 was changed after it had been applied</source>
        <translation>%1 wurde nach dem Anwenden geändert</translation>
    </message>
    <message>
        <source>%1 is pending</source>
        <translation>%1 steht aus</translation>
    </message>
    <message>
        <source>%1 is pending, and drizzle-kit would skip it: it is older than the newest one applied</source>
        <translation>%1 steht aus, und drizzle-kit würde sie überspringen: Sie ist älter als die neueste angewandte</translation>
    </message>
    <message>
        <source>applied migrations that have no file in the folder: %1</source>
        <translation>angewandte Migrationen ohne Datei im Ordner: %1</translation>
    </message>
    <message>
        <source>put the file back as it was applied, and write a new migration instead</source>
        <translation>die Datei so wiederherstellen, wie sie angewandt wurde, und stattdessen eine neue Migration schreiben</translation>
    </message>
    <message>
        <source>get the missing files from the branch that applied them</source>
        <translation>die fehlenden Dateien aus dem Zweig holen, der sie angewandt hat</translation>
    </message>
    <message>
        <source>%1 is applied, but %2 before it is not</source>
        <translation>%1 ist angewandt, %2 davor aber nicht</translation>
    </message>
    <message>
        <source>a migration is applied that has no file</source>
        <translation>eine Migration ist angewandt, zu der es keine Datei gibt</translation>
    </message>
    <message>
        <source>take the change into the code and generate, or take it back in the database</source>
        <translation>die Änderung in den Code übernehmen und eine Migration erzeugen, oder sie in der Datenbank zurücknehmen</translation>
    </message>
    <message>
        <source>Raise fs.inotify.max_user_watches, or reload after such a change</source>
        <translation>fs.inotify.max_user_watches erhöhen oder nach solchen Änderungen neu laden</translation>
    </message>
    <message>
        <source>Files and folders that cannot be watched for changes, because the system allows no more: %1</source>
        <translation>Dateien und Ordner, deren Änderungen nicht bemerkt werden, weil das System nicht mehr zulässt: %1</translation>
    </message>
    <message>
        <source>The code could not be read in full: what is missing of it counts as only in the database</source>
        <translation>Der Code ließ sich nicht ganz lesen: was von ihm fehlt, gilt als nur in der Datenbank vorhanden</translation>
    </message>
    <message>
        <source>%1 is partitioned, a partition or the child of another table, which no Drizzle schema can say: it is left alone</source>
        <translation>%1 ist partitioniert, eine Partition oder das Kind einer anderen Tabelle, was kein Drizzle-Schema sagen kann: sie bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Sources of this kind are not known</source>
        <translation>Quellen dieser Art sind nicht bekannt</translation>
    </message>
    <message>
        <source>a database is postgres://user@host:port/database</source>
        <translation>eine Datenbank ist postgres://Benutzer@Rechner:Port/Datenbank</translation>
    </message>
    <message>
        <source>The folder ends in branches that are not one yet</source>
        <translation>Der Ordner endet in Zweigen, die noch nicht vereint sind</translation>
    </message>
    <message>
        <source>run &quot;sluice check --rebase&quot; first</source>
        <translation>Führen Sie zuerst „sluice check --rebase“ aus</translation>
    </message>
    <message>
        <source>among the constraints of %1</source>
        <translation>unter den Constraints von %1</translation>
    </message>
    <message>
        <source>among the constraints of %1, in place of references() at %2</source>
        <translation>unter den Constraints von %1, anstelle von references() bei %2</translation>
    </message>
    <message>
        <source>among the constraints of %1, in place of %2</source>
        <translation>unter den Constraints von %1, anstelle von %2</translation>
    </message>
    <message>
        <source>The key holds %1 at both ends: no row can cross</source>
        <translation>Der Schlüssel enthält %1 an beiden Enden: Keine Zeile kann kreuzen</translation>
    </message>
    <message>
        <source>%1 has no %2 of its own: add it first (nullable, filled in, then NOT NULL), so that a key can hold it</source>
        <translation>%1 hat kein eigenes %2: Zuerst hinzufügen (nullable, füllen, dann NOT NULL), damit ein Schlüssel es enthalten kann</translation>
    </message>
    <message>
        <source>ON DELETE SET NULL of a key of several columns would empty %1 too, and Drizzle cannot name the column that is meant: write it by hand (sluice generate --custom), PostgreSQL 15 and later</source>
        <translation>ON DELETE SET NULL eines Schlüssels aus mehreren Spalten würde auch %1 leeren, und Drizzle kann die gemeinte Spalte nicht nennen: von Hand schreiben (sluice generate --custom), ab PostgreSQL 15</translation>
    </message>
    <message>
        <source>No tenant column was recognised in this database</source>
        <translation>In dieser Datenbank wurde keine Mandantenspalte erkannt</translation>
    </message>
    <message>
        <source>it is customary to call it organization_id, tenant_id or workspace_id</source>
        <translation>üblich sind organization_id, tenant_id oder workspace_id</translation>
    </message>
    <message>
        <source>The statement cannot be kept to one tenant</source>
        <translation>Die Anweisung lässt sich nicht auf einen Mandanten beschränken</translation>
    </message>
    <message>
        <source>A subquery of the tenant&apos;s rows stands for the table, and has no primary key: name every column in GROUP BY</source>
        <translation>Für die Tabelle steht eine Unterabfrage mit den Zeilen des Mandanten, und die hat keinen Primärschlüssel: nennen Sie jede Spalte in GROUP BY</translation>
    </message>
    <message>
        <source>Subqueries stand for the tables: give each an alias of its own</source>
        <translation>Für die Tabellen stehen Unterabfragen: geben Sie jeder einen eigenen Alias</translation>
    </message>
    <message>
        <source>The server&apos;s details are left out: they may quote other tenants&apos; rows</source>
        <translation>Die Einzelheiten des Servers sind weggelassen: sie könnten Zeilen anderer Mandanten zitieren</translation>
    </message>
    <message>
        <source>The server ended the statement with the error %1</source>
        <translation>Der Server hat die Anweisung mit dem Fehler %1 beendet</translation>
    </message>
    <message>
        <source>The database was not read yet</source>
        <translation>Die Datenbank wurde noch nicht gelesen</translation>
    </message>
    <message>
        <source>connect first</source>
        <translation>zuerst verbinden</translation>
    </message>
    <message>
        <source>No drizzle config says where the migrations are</source>
        <translation>Keine Drizzle-Konfiguration sagt, wo die Migrationen liegen</translation>
    </message>
    <message>
        <source>name the folder that holds the config, or write one</source>
        <translation>den Ordner mit der Konfiguration nennen, oder eine schreiben</translation>
    </message>
    <message>
        <source>did you mean %1?</source>
        <translation>war %1 gemeint?</translation>
    </message>
    <message>
        <source>perhaps %1</source>
        <translation>vielleicht %1</translation>
    </message>
    <message>
        <source>%1 is pending, and its file is missing</source>
        <translation>%1 steht aus, und die Datei fehlt</translation>
    </message>
    <message>
        <source>The edits were not saved; nothing was written</source>
        <translation>Die Änderungen wurden nicht gespeichert; nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>A statement would have changed %1 rows instead of one</source>
        <translation>Eine Anweisung hätte %1 Zeilen statt einer geändert</translation>
    </message>
    <message>
        <source>the server changed no row and says no error</source>
        <translation>der Server hat keine Zeile geändert und meldet keinen Fehler</translation>
    </message>
    <message>
        <source>a policy or a trigger holds the change back</source>
        <translation>eine Policy oder ein Trigger hält die Änderung zurück</translation>
    </message>
    <message>
        <source>look at the table&apos;s policies and triggers</source>
        <translation>Policies und Trigger der Tabelle ansehen</translation>
    </message>
    <message>
        <source>It is not known whether the edits were saved</source>
        <translation>Es ist nicht bekannt, ob die Änderungen gespeichert wurden</translation>
    </message>
    <message>
        <source>the connection was lost while the server was asked to commit</source>
        <translation>die Verbindung brach ab, während der Server um COMMIT gebeten wurde</translation>
    </message>
    <message>
        <source>They stay staged: look at the rows before you commit again. Saved changes would show as conflicts, new rows would be written twice</source>
        <translation>Sie bleiben vorgemerkt: vor dem nächsten Speichern die Zeilen ansehen. Gespeicherte Änderungen würden als Konflikte erscheinen, neue Zeilen zweimal geschrieben</translation>
    </message>
    <message>
        <source>The edits are being committed</source>
        <translation>Die Änderungen werden gerade gespeichert</translation>
    </message>
    <message>
        <source>Wait for the answer</source>
        <translation>Die Antwort abwarten</translation>
    </message>
    <message>
        <source>The rows of %1 cannot be edited</source>
        <translation>Die Zeilen von %1 können nicht bearbeitet werden</translation>
    </message>
    <message>
        <source>it is no table</source>
        <translation>es ist keine Tabelle</translation>
    </message>
    <message>
        <source>the table has no column %1</source>
        <translation>die Tabelle hat keine Spalte %1</translation>
    </message>
    <message>
        <source>The column cannot be edited</source>
        <translation>Die Spalte kann nicht bearbeitet werden</translation>
    </message>
    <message>
        <source>sluice.json says whose rows are in %1, which is not there</source>
        <translation>sluice.json sagt, wessen Zeilen in %1 stehen, das es nicht gibt</translation>
    </message>
    <message>
        <source>correct it, or take it out</source>
        <translation>berichtigen oder herausnehmen</translation>
    </message>
    <message>
        <source>What was said of the tenants cannot be read</source>
        <translation>Was über die Mandanten gesagt wurde, lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>it is larger than 1 MB</source>
        <translation>sie ist größer als 1 MB</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>Die Datei lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The address could not be written</source>
        <translation>Die Adresse konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Check that the file may be written; nothing in it was changed</source>
        <translation>Prüfen Sie, ob die Datei geschrieben werden darf; in ihr wurde nichts geändert</translation>
    </message>
    <message>
        <source>The export was cancelled</source>
        <translation>Der Export wurde abgebrochen</translation>
    </message>
    <message>
        <source>There is no table &apos;%1&apos; in the database</source>
        <translation>In der Datenbank gibt es keine Tabelle „%1“</translation>
    </message>
    <message>
        <source>write it as the database does: table or schema.table</source>
        <translation>wie in der Datenbank schreiben: Tabelle oder Schema.Tabelle</translation>
    </message>
    <message>
        <source>Nothing says whose the rows of %1 are</source>
        <translation>Nichts sagt, wem die Zeilen von %1 gehören</translation>
    </message>
    <message>
        <source>export it with --unscoped</source>
        <translation>mit --unscoped exportieren</translation>
    </message>
    <message>
        <source>No row can be updated by the file</source>
        <translation>Die Datei kann keine Zeile ändern</translation>
    </message>
    <message>
        <source>it fills no key of the table: no primary key and no unique columns</source>
        <translation>sie füllt keinen Schlüssel der Tabelle: weder Primärschlüssel noch eindeutige Spalten</translation>
    </message>
    <message>
        <source>map the columns of a key</source>
        <translation>ordne die Spalten eines Schlüssels zu</translation>
    </message>
    <message>
        <source>The file would update rows of another tenant</source>
        <translation>Die Datei würde Zeilen eines anderen Mandanten ändern</translation>
    </message>
    <message>
        <source>%1 rows were sent and %2 would have been written; nothing was</source>
        <translation>%1 Zeilen wurden gesendet, %2 wären geschrieben worden; geschrieben wurde nichts</translation>
    </message>
    <message>
        <source>a trigger, a rule or a policy holds rows back</source>
        <translation>ein Trigger, eine Regel oder eine Policy hält Zeilen zurück</translation>
    </message>
    <message>
        <source>The triggers or rules %1 ran, too: what they do outside the transaction is not undone</source>
        <translation>Auch die Trigger oder Regeln %1 liefen: was sie außerhalb der Transaktion tun, wird nicht rückgängig gemacht</translation>
    </message>
    <message>
        <source>Numbers that were taken from sequences are not given back</source>
        <translation>Aus Sequenzen entnommene Nummern werden nicht zurückgegeben</translation>
    </message>
    <message>
        <source>The bad rows cannot be found</source>
        <translation>Die schlechten Zeilen können nicht gefunden werden</translation>
    </message>
    <message>
        <source>the database has no plpgsql, which looks for them</source>
        <translation>der Datenbank fehlt plpgsql, das nach ihnen sucht</translation>
    </message>
    <message>
        <source>the row with this key belongs to another tenant</source>
        <translation>die Zeile mit diesem Schlüssel gehört einem anderen Mandanten</translation>
    </message>
    <message>
        <source>The file&apos;s columns do not fit the table&apos;s</source>
        <translation>Die Spalten der Datei passen nicht zu denen der Tabelle</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>Die Datei gibt es nicht</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Die Datei kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The file&apos;s first row cannot be read</source>
        <translation>Die erste Zeile der Datei kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>There is nothing in the file</source>
        <translation>In der Datei steht nichts</translation>
    </message>
    <message>
        <source>another column of the file fills %1</source>
        <translation>eine andere Spalte der Datei füllt %1</translation>
    </message>
    <message>
        <source>Nothing can be imported into %1 for one tenant</source>
        <translation>In %1 kann für einen einzelnen Mandanten nichts importiert werden</translation>
    </message>
    <message>
        <source>its rows are the same for all tenants</source>
        <translation>ihre Zeilen sind für alle Mandanten dieselben</translation>
    </message>
    <message>
        <source>nothing says whose its rows are</source>
        <translation>nichts sagt, wem ihre Zeilen gehören</translation>
    </message>
    <message>
        <source>choose all tenants for it</source>
        <translation>wähle dafür alle Mandanten</translation>
    </message>
    <message>
        <source>the table has no column &apos;%1&apos;</source>
        <translation>die Tabelle hat keine Spalte „%1“</translation>
    </message>
    <message>
        <source>two columns fill %1</source>
        <translation>zwei Spalten füllen %1</translation>
    </message>
    <message>
        <source>leave one of them out</source>
        <translation>lass eine davon weg</translation>
    </message>
    <message>
        <source>leave the column out</source>
        <translation>lass die Spalte weg</translation>
    </message>
    <message>
        <source>no column of the file fills one of the table</source>
        <translation>keine Spalte der Datei füllt eine der Tabelle</translation>
    </message>
    <message>
        <source>say which column fills which</source>
        <translation>sag, welche Spalte welche füllt</translation>
    </message>
    <message>
        <source>say which column of the file fills it</source>
        <translation>sag, welche Spalte der Datei sie füllt</translation>
    </message>
    <message>
        <source>%1 takes no NULL, has no default in the database, and the file does not fill it</source>
        <translation>%1 nimmt kein NULL, hat in der Datenbank keinen Default, und die Datei füllt es nicht</translation>
    </message>
    <message>
        <source>a row further up in the file has the same key</source>
        <translation>eine Zeile weiter oben in der Datei hat denselben Schlüssel</translation>
    </message>
    <message>
        <source>the column takes no NULL</source>
        <translation>die Spalte nimmt kein NULL</translation>
    </message>
    <message>
        <source>a row with this value is there already, in the table or further up in the file (%1)</source>
        <translation>eine Zeile mit diesem Wert gibt es schon, in der Tabelle oder weiter oben in der Datei (%1)</translation>
    </message>
    <message>
        <source>there is no such row in %1 (%2)</source>
        <translation>eine solche Zeile gibt es in %1 nicht (%2)</translation>
    </message>
    <message>
        <source>the check %1 does not hold: %2</source>
        <translation>der Check %1 gilt nicht: %2</translation>
    </message>
    <message>
        <source>the check %1 does not hold</source>
        <translation>der Check %1 gilt nicht</translation>
    </message>
    <message>
        <source>The file was changed while it was imported</source>
        <translation>Die Datei wurde während des Imports geändert</translation>
    </message>
    <message>
        <source>import it again</source>
        <translation>importiere sie noch einmal</translation>
    </message>
    <message>
        <source>it has %1 fields instead of %2</source>
        <translation>sie hat %1 Felder statt %2</translation>
    </message>
    <message>
        <source>The bad rows cannot be kept</source>
        <translation>Die schlechten Zeilen können nicht abgelegt werden</translation>
    </message>
    <message>
        <source>The file has no column &apos;%1&apos;</source>
        <translation>Die Datei hat keine Spalte „%1“</translation>
    </message>
    <message>
        <source>it has %1</source>
        <translation>sie hat %1</translation>
    </message>
    <message>
        <source>Columns of the file fit none of %1</source>
        <translation>Spalten der Datei passen zu keiner von %1</translation>
    </message>
    <message>
        <source>say where they go: --map title=column, or --map title= to leave one out</source>
        <translation>sag, wohin sie gehören: --map Titel=Spalte, oder --map Titel= zum Weglassen</translation>
    </message>
    <message>
        <source>Nothing can be imported into a view</source>
        <translation>In einen View kann nichts importiert werden</translation>
    </message>
    <message>
        <source>%1 was left out: %2</source>
        <translation>%1 wurde weggelassen: %2</translation>
    </message>
    <message>
        <source>The bad rows cannot go into the file that is imported</source>
        <translation>Die fehlerhaften Zeilen können nicht in die Datei, die importiert wird</translation>
    </message>
    <message>
        <source>name another one</source>
        <translation>eine andere nennen</translation>
    </message>
    <message>
        <source>Nobody has said whose rows to show</source>
        <translation>Niemand hat gesagt, wessen Zeilen zu zeigen sind</translation>
    </message>
    <message>
        <source>choose a tenant in the title row, or all of them for a while</source>
        <translation>wählen Sie in der Titelzeile einen Mandanten, oder alle für eine Weile</translation>
    </message>
    <message>
        <source>It is not known whether the rows were imported</source>
        <translation>Es ist nicht bekannt, ob die Zeilen importiert wurden</translation>
    </message>
    <message>
        <source>Look at the rows before you import them again</source>
        <translation>Die Zeilen ansehen, bevor sie noch einmal importiert werden</translation>
    </message>
    <message>
        <source>A key from one tenant&apos;s schema into another&apos;s: point it at the table of its own schema</source>
        <translation>Ein Schlüssel aus dem Schema eines Mandanten in das eines anderen: auf die Tabelle des eigenen Schemas richten</translation>
    </message>
    <message>
        <source>%1 does not lie in the schema of %2</source>
        <translation>%1 liegt nicht im Schema von %2</translation>
    </message>
    <message>
        <source>leave the schema out, or name that tenant</source>
        <translation>das Schema weglassen oder jenen Mandanten nennen</translation>
    </message>
    <message>
        <source>it does not lie in the schema of the chosen tenant</source>
        <translation>sie liegt nicht im Schema des gewählten Mandanten</translation>
    </message>
    <message numerus="yes">
        <source>%n schemas hold tables of the same names: %1</source>
        <translation>
            <numerusform>%n Schema hat Tabellen gleicher Namen: %1</numerusform>
            <numerusform>%n Schemas haben Tabellen gleicher Namen: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>if each is a tenant&apos;s own, say so in the menu of one of their tables, or in sluice.json as &quot;schemas&quot;</source>
        <translation>wenn jedes einem Mandanten gehört: im Menü einer ihrer Tabellen sagen oder in sluice.json als &quot;schemas&quot;</translation>
    </message>
    <message>
        <source>each has a schema of its own: %1</source>
        <translation>jeder hat ein eigenes Schema: %1</translation>
    </message>
    <message>
        <source>name one of these schemas</source>
        <translation>eines dieser Schemas nennen</translation>
    </message>
    <message>
        <source>%1 is code of the project&apos;s own</source>
        <translation>%1 ist eigener Code des Projekts</translation>
    </message>
    <message>
        <source>a foreign key may carry the change on to rows of other tenants</source>
        <translation>ein Fremdschlüssel kann die Änderung zu Zeilen anderer Mandanten tragen</translation>
    </message>
    <message>
        <source>correct the file: until then no rows are shown, because nobody knows whose they are</source>
        <translation>die Datei berichtigen: Bis dahin werden keine Zeilen gezeigt, weil niemand weiß, wessen sie sind</translation>
    </message>
    <message>
        <source>Nobody said whether these schemas are tenants&apos;, which hold tables of the tenants&apos; names: %1</source>
        <translation>Niemand hat gesagt, ob diese Schemata Mandanten gehören, die Tabellen mit den Namen der Mandantentabellen enthalten: %1</translation>
    </message>
    <message>
        <source>add them to &quot;schemas&quot; in sluice.json, or say of their tables that they are the same for every tenant: until then no tenant sees them</source>
        <translation>sie in sluice.json zu „schemas“ hinzufügen, oder von ihren Tabellen sagen, dass sie für jeden Mandanten gleich sind: Bis dahin sieht sie kein Mandant</translation>
    </message>
    <message>
        <source>The rows of %1 are not counted beside others</source>
        <translation>Die Zeilen von %1 werden nicht neben anderen gezählt</translation>
    </message>
    <message>
        <source>open it: its query has to be kept to the tenant as a whole</source>
        <translation>öffnen: Ihre Abfrage muss als Ganzes auf den Mandanten beschränkt werden</translation>
    </message>
    <message>
        <source>The rows of %1 are not shown to one tenant</source>
        <translation>Die Zeilen von %1 werden einem einzelnen Mandanten nicht gezeigt</translation>
    </message>
    <message>
        <source>they are counted only; all tenants may be chosen for a while</source>
        <translation>sie werden nur gezählt; für eine Weile können alle Mandanten gewählt werden</translation>
    </message>
    <message>
        <source>nothing is known of it</source>
        <translation>darüber ist nichts bekannt</translation>
    </message>
    <message>
        <source>The file would update rows that are not the chosen tenant&apos;s</source>
        <translation>Die Datei würde Zeilen ändern, die nicht dem gewählten Mandanten gehören</translation>
    </message>
    <message>
        <source>the row with this key is not the chosen tenant&apos;s</source>
        <translation>die Zeile mit diesem Schlüssel gehört nicht dem gewählten Mandanten</translation>
    </message>
    <message>
        <source>its rows are those of the tenant as a whole</source>
        <translation>ihre Zeilen sind die des ganzen Mandanten</translation>
    </message>
    <message>
        <source>choose the whole tenant for it</source>
        <translation>dafür den ganzen Mandanten wählen</translation>
    </message>
    <message>
        <source>sluice.json speaks of tenants within a tenant, and %1</source>
        <translation>sluice.json spricht von Mandanten innerhalb eines Mandanten, und %1</translation>
    </message>
    <message>
        <source>correct &quot;nested&quot;: until then none can be chosen</source>
        <translation>&quot;nested&quot; berichtigen: bis dahin kann keiner gewählt werden</translation>
    </message>
    <message>
        <source>More than one of the tenant&apos;s is called &apos;%1&apos;</source>
        <translation>Mehr als einer des Mandanten heißt „%1“</translation>
    </message>
    <message>
        <source>The tenant has no &apos;%1&apos;</source>
        <translation>Der Mandant hat kein „%1“</translation>
    </message>
    <message>
        <source>No tenants within a tenant are known, so &apos;%1&apos; is none</source>
        <translation>Mandanten innerhalb eines Mandanten sind nicht bekannt, also ist „%1“ keiner</translation>
    </message>
    <message>
        <source>say which column names them: &quot;tenant&quot;: {&quot;nested&quot;: {&quot;column&quot;: &quot;project_id&quot;}}</source>
        <translation>sagen, welche Spalte sie nennt: &quot;tenant&quot;: {&quot;nested&quot;: {&quot;column&quot;: &quot;project_id&quot;}}</translation>
    </message>
    <message>
        <source>A row is marked for deletion</source>
        <translation>Eine Zeile ist zum Löschen vorgemerkt</translation>
    </message>
    <message>
        <source>take that back first</source>
        <translation>das zuerst zurücknehmen</translation>
    </message>
</context>
<context>
    <name>session::Project</name>
    <message>
        <source>no database</source>
        <translation>keine Datenbank</translation>
    </message>
    <message>
        <source>There is nothing to generate</source>
        <translation>Es gibt nichts zu erzeugen</translation>
    </message>
    <message>
        <source>code or folder is not loaded</source>
        <translation>Code oder Ordner ist nicht geladen</translation>
    </message>
    <message>
        <source>mend the code&apos;s error and reload</source>
        <translation>den Fehler im Code beheben und neu laden</translation>
    </message>
    <message>
        <source>Migrations were not applied</source>
        <translation>Migrationen wurden nicht angewendet</translation>
    </message>
    <message>
        <source>the connection is read-only</source>
        <translation>die Verbindung liest nur</translation>
    </message>
    <message>
        <source>allow writes first</source>
        <translation>erst Schreiben erlauben</translation>
    </message>
    <message>
        <source>There is no migrations folder to apply</source>
        <translation>Es gibt keinen Migrationsordner zum Anwenden</translation>
    </message>
    <message>
        <source>Applying %1</source>
        <translation>%1 wird angewendet</translation>
    </message>
    <message>
        <source>There is no such migration</source>
        <translation>Diese Migration gibt es nicht</translation>
    </message>
    <message>
        <source>The edits were not saved</source>
        <translation>Die Änderungen wurden nicht gespeichert</translation>
    </message>
    <message>
        <source>The file was not imported</source>
        <translation>Die Datei wurde nicht importiert</translation>
    </message>
</context>
<context>
    <name>sql</name>
    <message>
        <source>Transactions cannot be controlled from a statement</source>
        <translation>Transaktionen lassen sich nicht aus einer Anweisung steuern</translation>
    </message>
    <message>
        <source>Every statement runs in a transaction of its own; leave BEGIN, COMMIT and ROLLBACK out</source>
        <translation>Jede Anweisung läuft in einer eigenen Transaktion; BEGIN, COMMIT und ROLLBACK weglassen</translation>
    </message>
    <message>
        <source>Settings of the session cannot be changed from a statement</source>
        <translation>Einstellungen der Sitzung lassen sich nicht aus einer Anweisung ändern</translation>
    </message>
    <message>
        <source>Connections are shared; put settings into the connection URL (?options=-c…)</source>
        <translation>Verbindungen werden geteilt; Einstellungen in die Verbindungs-URL schreiben (?options=-c…)</translation>
    </message>
    <message>
        <source>Prepared statements, cursors and locks do not outlive one statement here</source>
        <translation>Vorbereitete Anweisungen, Cursor und Sperren überdauern hier keine Anweisung</translation>
    </message>
    <message>
        <source>Write the query itself</source>
        <translation>Die Abfrage selbst schreiben</translation>
    </message>
    <message>
        <source>LISTEN, NOTIFY and CHECKPOINT act outside the transaction</source>
        <translation>LISTEN, NOTIFY und CHECKPOINT wirken außerhalb der Transaktion</translation>
    </message>
    <message>
        <source>Use psql for it</source>
        <translation>psql dafür benutzen</translation>
    </message>
    <message>
        <source>COPY would run a program on the server</source>
        <translation>COPY würde ein Programm auf dem Server ausführen</translation>
    </message>
    <message>
        <source>Select the rows instead</source>
        <translation>Die Zeilen stattdessen mit SELECT holen</translation>
    </message>
    <message>
        <source>COPY would read or write a file on the server</source>
        <translation>COPY würde eine Datei auf dem Server lesen oder schreiben</translation>
    </message>
    <message>
        <source>COPY has no stream to read from or write to here</source>
        <translation>COPY hat hier keinen Strom, aus dem es lesen oder in den es schreiben könnte</translation>
    </message>
    <message>
        <source>Select the rows, or use psql&apos;s \copy</source>
        <translation>Die Zeilen mit SELECT holen oder \copy von psql benutzen</translation>
    </message>
    <message>
        <source>The SQL text cannot be understood</source>
        <translation>Der SQL-Text ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>Sluice reads the grammar of PostgreSQL 15</source>
        <translation>Sluice liest die Grammatik von PostgreSQL 15</translation>
    </message>
    <message>
        <source>The SQL text is too large to be examined</source>
        <translation>Der SQL-Text ist zu groß, um untersucht zu werden</translation>
    </message>
    <message>
        <source>Split it into smaller statements</source>
        <translation>Ihn in kleinere Anweisungen teilen</translation>
    </message>
    <message>
        <source>It has %1 operators and keywords, at most %2 are read</source>
        <translation>Er hat %1 Operatoren und Schlüsselwörter, höchstens %2 werden gelesen</translation>
    </message>
    <message>
        <source>Its syntax tree does not fit in memory</source>
        <translation>Sein Syntaxbaum passt nicht in den Speicher</translation>
    </message>
    <message>
        <source>It has %1 bytes, at most %2 are read</source>
        <translation>Er hat %1 Bytes, höchstens %2 werden gelesen</translation>
    </message>
    <message>
        <source>The SQL text holds a NUL character</source>
        <translation>Der SQL-Text enthält ein NUL-Zeichen</translation>
    </message>
    <message>
        <source>There is no statement</source>
        <translation>Es gibt keine Anweisung</translation>
    </message>
    <message>
        <source>Write one SQL statement</source>
        <translation>Eine SQL-Anweisung schreiben</translation>
    </message>
    <message>
        <source>Only one statement can run at a time</source>
        <translation>Es läuft nur eine Anweisung auf einmal</translation>
    </message>
    <message>
        <source>Run them one after the other</source>
        <translation>Sie nacheinander ausführen</translation>
    </message>
    <message>
        <source>DO and CALL run code that cannot be examined</source>
        <translation>DO und CALL führen Code aus, der sich nicht untersuchen lässt</translation>
    </message>
    <message>
        <source>Write the statement itself</source>
        <translation>Die Anweisung selbst schreiben</translation>
    </message>
    <message>
        <source>The function %1 acts outside the transaction</source>
        <translation>Die Funktion %1 wirkt außerhalb der Transaktion</translation>
    </message>
    <message>
        <source>Use psql for it, if it is really meant</source>
        <translation>psql dafür benutzen, wenn es wirklich gemeint ist</translation>
    </message>
    <message>
        <source>A join with USING (%1) cannot follow the column&apos;s new name</source>
        <translation>Ein Join mit USING (%1) kann dem neuen Namen der Spalte nicht folgen</translation>
    </message>
    <message>
        <source>There is a ) without its (</source>
        <translation>Eine ) hat keine (</translation>
    </message>
    <message>
        <source>A condition is no statement: it has no semicolon</source>
        <translation>Eine Bedingung ist keine Anweisung: sie hat kein Semikolon</translation>
    </message>
    <message>
        <source>A ) is missing</source>
        <translation>Eine ) fehlt</translation>
    </message>
    <message>
        <source>There is no condition</source>
        <translation>Es ist keine Bedingung da</translation>
    </message>
    <message>
        <source>A parameter has no value here</source>
        <translation>Ein Parameter hat hier keinen Wert</translation>
    </message>
    <message>
        <source>write the value itself</source>
        <translation>den Wert selbst schreiben</translation>
    </message>
    <message>
        <source>A condition only reads</source>
        <translation>Eine Bedingung liest nur</translation>
    </message>
    <message>
        <source>it takes a number of rows out of those of all tenants</source>
        <translation>sie greift eine Anzahl Zeilen aus denen aller Mandanten heraus</translation>
    </message>
    <message>
        <source>its query is not understood</source>
        <translation>ihre Abfrage wird nicht verstanden</translation>
    </message>
    <message>
        <source>it is recursive</source>
        <translation>sie ist rekursiv</translation>
    </message>
    <message>
        <source>a part of it does not say whose its rows are</source>
        <translation>ein Teil davon sagt nicht, wem seine Zeilen gehören</translation>
    </message>
    <message>
        <source>%1 and %2 are joined without saying that both are the same tenant&apos;s</source>
        <translation>%1 und %2 werden verbunden, ohne dass gesagt ist, dass beide demselben Mandanten gehören</translation>
    </message>
    <message>
        <source>what an operator of the project&apos;s own reads is not known</source>
        <translation>was ein Operator des Projekts selbst liest, ist nicht bekannt</translation>
    </message>
    <message>
        <source>it adds up over all tenants</source>
        <translation>sie fasst über alle Mandanten zusammen</translation>
    </message>
    <message>
        <source>what %1() reads is not known</source>
        <translation>was %1() liest, ist nicht bekannt</translation>
    </message>
    <message>
        <source>%1() looks at the rows of all tenants</source>
        <translation>%1() sieht die Zeilen aller Mandanten</translation>
    </message>
    <message>
        <source>a subquery looks at the rows of all tenants</source>
        <translation>eine Unterabfrage sieht die Zeilen aller Mandanten</translation>
    </message>
    <message>
        <source>DISTINCT ON chooses among the rows of all tenants</source>
        <translation>DISTINCT ON wählt unter den Zeilen aller Mandanten aus</translation>
    </message>
    <message>
        <source>none of its columns says whose a row is</source>
        <translation>keine ihrer Spalten sagt, wem eine Zeile gehört</translation>
    </message>
    <message>
        <source>its form is not known</source>
        <translation>ihre Form ist nicht bekannt</translation>
    </message>
    <message>
        <source>it has variables of its own</source>
        <translation>sie hat eigene Variablen</translation>
    </message>
    <message>
        <source>it does more than to set columns of NEW</source>
        <translation>sie tut mehr, als Spalten von NEW zu setzen</translation>
    </message>
    <message>
        <source>it returns another row than NEW</source>
        <translation>sie gibt eine andere Zeile als NEW zurück</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>sie ist zu lang</translation>
    </message>
    <message>
        <source>its text cannot be read</source>
        <translation>ihr Text kann nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>store</name>
    <message>
        <source>The workspace file cannot be made</source>
        <translation>Die Arbeitsbereichsdatei lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>Check that the folder is writable</source>
        <translation>Prüfen, ob der Ordner beschreibbar ist</translation>
    </message>
    <message>
        <source>The workspace file is damaged and cannot be moved aside</source>
        <translation>Die Arbeitsbereichsdatei ist beschädigt und lässt sich nicht beiseitelegen</translation>
    </message>
    <message>
        <source>Move it away by hand</source>
        <translation>Sie von Hand wegräumen</translation>
    </message>
    <message>
        <source>The workspace file belongs to a newer Sluice</source>
        <translation>Die Arbeitsbereichsdatei gehört einem neueren Sluice</translation>
    </message>
    <message>
        <source>Update Sluice, or move the file away to start with an empty one</source>
        <translation>Sluice aktualisieren oder die Datei wegräumen, um mit einer leeren zu beginnen</translation>
    </message>
    <message>
        <source>The workspace file was damaged (%1); it lies in %2 now, and an empty one was begun</source>
        <translation>Die Arbeitsbereichsdatei war beschädigt (%1); sie liegt jetzt in %2, und eine leere wurde begonnen</translation>
    </message>
    <message>
        <source>The workspace file cannot be used</source>
        <translation>Die Arbeitsbereichsdatei lässt sich nicht benutzen</translation>
    </message>
    <message>
        <source>Check that the folder is writable and the disk is not full</source>
        <translation>Prüfen, ob der Ordner beschreibbar und die Platte nicht voll ist</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Studio for PostgreSQL projects with a Drizzle schema</source>
        <translation>Studio für PostgreSQL-Projekte mit einem Drizzle-Schema</translation>
    </message>
    <message>
        <source>Open the project in this folder.</source>
        <translation>Das Projekt in diesem Ordner öffnen.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Use this database instead of the config&apos;s.</source>
        <translation>Diese Datenbank benutzen, anstelle der in der Konfiguration.</translation>
    </message>
    <message>
        <source>url</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Colours: light or dark.</source>
        <translation>Farben: light (hell) oder dark (dunkel).</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Open the sample project.</source>
        <translation>Das Beispielprojekt öffnen.</translation>
    </message>
    <message>
        <source>--theme is light or dark, not &quot;%1&quot;</source>
        <translation>--theme ist light oder dark, nicht „%1“</translation>
    </message>
    <message>
        <source>--url goes with --project; the sample has its own server</source>
        <translation>--url gehört zu --project; das Beispiel hat seinen eigenen Server</translation>
    </message>
</context>
<context>
    <name>studio::AccessModel</name>
    <message>
        <source>no rows</source>
        <translation>keine Zeilen</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>alle Zeilen</translation>
    </message>
    <message>
        <source>%1 (some columns)</source>
        <translation>%1 (einige Spalten)</translation>
    </message>
    <message>
        <source>The role has no privilege for it</source>
        <translation>Die Rolle hat dafür kein Recht</translation>
    </message>
    <message>
        <source>Row-level security is enabled, and no policy lets a row through</source>
        <translation>Zeilensicherheit ist eingeschaltet, und keine Policy lässt eine Zeile durch</translation>
    </message>
    <message>
        <source>Rows that one of these lets through: %1</source>
        <translation>Zeilen, die eine von diesen durchlässt: %1</translation>
    </message>
    <message>
        <source>Rows that one of these lets through: %1; and all of these: %2</source>
        <translation>Zeilen, die eine von diesen durchlässt: %1; und alle von diesen: %2</translation>
    </message>
    <message>
        <source>The role passes by row-level security: superuser or BYPASSRLS</source>
        <translation>Für die Rolle gilt Zeilensicherheit nicht: Superuser oder BYPASSRLS</translation>
    </message>
    <message>
        <source>The role owns the table, and row-level security is not forced</source>
        <translation>Der Rolle gehört die Tabelle, und Zeilensicherheit ist nicht erzwungen</translation>
    </message>
    <message>
        <source>Row-level security is not enabled</source>
        <translation>Zeilensicherheit ist nicht eingeschaltet</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>erzwungen</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Row security</source>
        <translation>Zeilensicherheit</translation>
    </message>
    <message>
        <source>by its query</source>
        <translation>nach ihrer Abfrage</translation>
    </message>
    <message>
        <source>What the view&apos;s query gives with the rights that it uses</source>
        <translation>Was die Abfrage der Sicht mit den Rechten ergibt, die sie benutzt</translation>
    </message>
    <message>
        <source>as its owner</source>
        <translation>als ihr Eigentümer</translation>
    </message>
    <message>
        <source>as who asks</source>
        <translation>als wer fragt</translation>
    </message>
    <message>
        <source>as computed</source>
        <translation>wie berechnet</translation>
    </message>
    <message>
        <source>The view reads its tables with the rights of its owner %1, whose policies hold it: whoever may read it needs no right on the tables</source>
        <translation>Die Sicht liest ihre Tabellen mit den Rechten ihres Eigentümers %1, dessen Policies gelten: Wer sie lesen darf, braucht kein Recht an den Tabellen</translation>
    </message>
    <message>
        <source>The view reads its tables with the rights of whoever asks (security_invoker), whose policies hold it</source>
        <translation>Die Sicht liest ihre Tabellen mit den Rechten dessen, der fragt (security_invoker); seine Policies gelten</translation>
    </message>
    <message>
        <source>The view holds what was read with the rights of its owner %1: no policy holds its rows</source>
        <translation>Die Sicht enthält, was mit den Rechten ihres Eigentümers %1 gelesen wurde: Keine Policy hält ihre Zeilen zurück</translation>
    </message>
    <message>
        <source>Table or view</source>
        <translation>Tabelle oder Sicht</translation>
    </message>
</context>
<context>
    <name>studio::Actions</name>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen …</translation>
    </message>
    <message>
        <source>Open a folder with a drizzle.config</source>
        <translation>Einen Ordner mit einer drizzle.config öffnen</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>A CRM with 50 tenants on a private server of its own</source>
        <translation>Ein CRM mit 50 Mandanten auf einem eigenen privaten Server</translation>
    </message>
    <message>
        <source>Other configs…</source>
        <translation>Andere Configs …</translation>
    </message>
    <message>
        <source>Open another drizzle config of this repository</source>
        <translation>Eine andere Drizzle-Config dieses Repositorys öffnen</translation>
    </message>
    <message>
        <source>Reload code and folder</source>
        <translation>Code und Ordner neu laden</translation>
    </message>
    <message>
        <source>Read the TypeScript schema and the migrations again</source>
        <translation>Das TypeScript-Schema und die Migrationen noch einmal lesen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Read the database&apos;s catalog, ledger and tenants</source>
        <translation>Katalog, angewendete Migrationen und Mandanten der Datenbank lesen</translation>
    </message>
    <message>
        <source>Choose the server…</source>
        <translation>Den Server wählen …</translation>
    </message>
    <message>
        <source>Use another database for this project</source>
        <translation>Eine andere Datenbank für dieses Projekt verwenden</translation>
    </message>
    <message>
        <source>Choose the tenant…</source>
        <translation>Den Mandanten wählen …</translation>
    </message>
    <message>
        <source>Whose rows every page shows</source>
        <translation>Wessen Zeilen jede Seite zeigt</translation>
    </message>
    <message>
        <source>New query</source>
        <translation>Neue Abfrage</translation>
    </message>
    <message>
        <source>Build a query step by step</source>
        <translation>Eine Abfrage Schritt für Schritt bauen</translation>
    </message>
    <message>
        <source>Migrations</source>
        <translation>Migrationen</translation>
    </message>
    <message>
        <source>What is written, what is applied, what is new in the code</source>
        <translation>Was geschrieben, was angewendet, was im Code neu ist</translation>
    </message>
    <message>
        <source>Allow writes…</source>
        <translation>Schreiben erlauben …</translation>
    </message>
    <message>
        <source>Open the database for changes for 15 minutes</source>
        <translation>Die Datenbank für 15 Minuten zum Ändern öffnen</translation>
    </message>
    <message>
        <source>End writes</source>
        <translation>Schreiben beenden</translation>
    </message>
    <message>
        <source>Make the database read-only again</source>
        <translation>Die Datenbank wieder nur lesen</translation>
    </message>
    <message>
        <source>Go to anything…</source>
        <translation>Zu allem gehen …</translation>
    </message>
    <message>
        <source>Find an action or a table by its name</source>
        <translation>Eine Aktion oder Tabelle an ihrem Namen finden</translation>
    </message>
    <message>
        <source>Filter the tree</source>
        <translation>Den Baum filtern</translation>
    </message>
    <message>
        <source>Find tables by name, column, type or drift</source>
        <translation>Tabellen nach Name, Spalte, Typ oder Abweichung finden</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>What the code&apos;s loader noticed, with its places</source>
        <translation>Was beim Lesen des Codes auffiel, mit den Stellen</translation>
    </message>
    <message>
        <source>Open in the editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>Open the code of what is chosen in the tree at its line</source>
        <translation>Den Code zum Gewählten im Baum an seiner Zeile öffnen</translation>
    </message>
    <message>
        <source>Choose the editor…</source>
        <translation>Den Editor wählen …</translation>
    </message>
    <message>
        <source>The program that opens the code at a line</source>
        <translation>Das Programm, das den Code an einer Zeile öffnet</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Reiter schließen</translation>
    </message>
    <message>
        <source>Close the page in front</source>
        <translation>Die vordere Seite schließen</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Nächster Reiter</translation>
    </message>
    <message>
        <source>Go to the page on the right</source>
        <translation>Zur Seite rechts gehen</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>Voriger Reiter</translation>
    </message>
    <message>
        <source>Go to the page on the left</source>
        <translation>Zur Seite links gehen</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Helle Farben</translation>
    </message>
    <message>
        <source>Dark text on light ground</source>
        <translation>Dunkler Text auf hellem Grund</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Dunkle Farben</translation>
    </message>
    <message>
        <source>Light text on dark ground</source>
        <translation>Heller Text auf dunklem Grund</translation>
    </message>
    <message>
        <source>The system&apos;s colours</source>
        <translation>Die Farben des Systems</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is</source>
        <translation>Hell oder dunkel wie der Desktop</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>What lies between the database and the code</source>
        <translation>Was zwischen Datenbank und Code liegt</translation>
    </message>
    <message>
        <source>Audit of the tenants</source>
        <translation>Mandanten prüfen</translation>
    </message>
    <message>
        <source>Rows that point at another tenant&apos;s row, and the keys that would prevent it</source>
        <translation>Zeilen, die auf die Zeile eines anderen Mandanten zeigen, und die Schlüssel, die es verhindern</translation>
    </message>
    <message>
        <source>Pending changes</source>
        <translation>Offene Änderungen</translation>
    </message>
    <message>
        <source>Edits that are staged and not saved, and their SQL</source>
        <translation>Vorgemerkte, nicht gespeicherte Änderungen und ihr SQL</translation>
    </message>
    <message>
        <source>Commit the pending changes</source>
        <translation>Offene Änderungen speichern</translation>
    </message>
    <message>
        <source>Write all staged edits in one transaction</source>
        <translation>Alle vorgemerkten Änderungen in einer Transaktion schreiben</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take the last staged edit back</source>
        <translation>Die letzte vorgemerkte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Make the staged edit again that was undone</source>
        <translation>Die zurückgenommene Änderung noch einmal vormerken</translation>
    </message>
    <message>
        <source>Row-level security</source>
        <translation>Zeilensicherheit</translation>
    </message>
    <message>
        <source>What each role may do with every table, by which policy, and rows as a role sees them</source>
        <translation>Was jede Rolle mit jeder Tabelle darf, durch welche Policy, und Zeilen, wie eine Rolle sie sieht</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Go to the rows that were shown before</source>
        <translation>Zu den Zeilen gehen, die vorher gezeigt wurden</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Go on to the rows that one came back from</source>
        <translation>Zu den Zeilen weitergehen, von denen man zurückkam</translation>
    </message>
    <message>
        <source>Choose within the tenant…</source>
        <translation>Innerhalb des Mandanten wählen…</translation>
    </message>
    <message>
        <source>Rows of one project of the organization, or of what else the tenant is divided into</source>
        <translation>Zeilen eines Projekts der Organisation, oder worin der Mandant sonst geteilt ist</translation>
    </message>
</context>
<context>
    <name>studio::ArrayPart</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Make NULL</source>
        <translation>NULL setzen</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>A new element below the chosen one</source>
        <translation>Ein neues Element unter dem gewählten</translation>
    </message>
    <message>
        <source>Take the chosen element out</source>
        <translation>Das gewählte Element herausnehmen</translation>
    </message>
    <message>
        <source>Make the chosen element NULL</source>
        <translation>Das gewählte Element zu NULL machen</translation>
    </message>
</context>
<context>
    <name>studio::AuditModel</name>
    <message>
        <source>The tenant is a part of the key: no row can cross</source>
        <translation>Der Mandant ist Teil des Schlüssels: Keine Zeile kann kreuzen</translation>
    </message>
    <message>
        <source>rows that point at another tenant&apos;s row: %1</source>
        <translation>Zeilen, die auf die Zeile eines anderen Mandanten zeigen: %1</translation>
    </message>
    <message>
        <source>rows where only one of the two has a tenant: %1</source>
        <translation>Zeilen, bei denen nur eines der beiden Enden einen Mandanten hat: %1</translation>
    </message>
    <message>
        <source>Every row stays with its tenant</source>
        <translation>Jede Zeile bleibt bei ihrem Mandanten</translation>
    </message>
</context>
<context>
    <name>studio::AuditPage</name>
    <message>
        <source>Audit of the tenants</source>
        <translation>Mandanten prüfen</translation>
    </message>
    <message>
        <source>Drizzle</source>
        <translation>Drizzle</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>The key that would have prevented it, as Drizzle code</source>
        <translation>Der Schlüssel, der es verhindert hätte, als Drizzle-Code</translation>
    </message>
    <message>
        <source>The migration that comes of it</source>
        <translation>Die Migration, die daraus wird</translation>
    </message>
    <message>
        <source>Copied the Drizzle code</source>
        <translation>Drizzle-Code kopiert</translation>
    </message>
    <message>
        <source>Copied the SQL</source>
        <translation>SQL kopiert</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>The foreign keys are read before their rows</source>
        <translation>Die Fremdschlüssel werden vor ihren Zeilen gelesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>This database has no tenants</source>
        <translation>Diese Datenbank hat keine Mandanten</translation>
    </message>
    <message>
        <source>No column like organization_id was recognised</source>
        <translation>Es wurde keine Spalte wie organization_id erkannt</translation>
    </message>
    <message>
        <source>Asking about every foreign key…</source>
        <translation>Jeder Fremdschlüssel wird befragt …</translation>
    </message>
    <message>
        <source>No foreign key joins two tables of tenants</source>
        <translation>Kein Fremdschlüssel verbindet zwei Tabellen von Mandanten</translation>
    </message>
    <message>
        <source>Rows of %1, and what they touch</source>
        <translation>Zeilen von %1, und was sie berühren</translation>
    </message>
    <message>
        <source>Rows of all tenants</source>
        <translation>Zeilen aller Mandanten</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>wird befragt …</translation>
    </message>
    <message>
        <source>keys with rows that cross: %1</source>
        <translation>Schlüssel mit kreuzenden Zeilen: %1</translation>
    </message>
    <message>
        <source>without: %1</source>
        <translation>ohne: %1</translation>
    </message>
    <message>
        <source>that cannot cross: %1</source>
        <translation>die nicht kreuzen können: %1</translation>
    </message>
    <message>
        <source>not known: %1</source>
        <translation>nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Export the rows</source>
        <translation>Die Zeilen exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Wird exportiert …</translation>
    </message>
    <message>
        <source>The rows could not be written</source>
        <translation>Die Zeilen konnten nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Exported to %1, rows: %2</source>
        <translation>Nach %1 exportiert, Zeilen: %2</translation>
    </message>
    <message>
        <source>the first %1 are shown</source>
        <translation>die ersten %1 werden gezeigt</translation>
    </message>
    <message>
        <source>Rows of the whole of %1, and what they touch</source>
        <translation>Zeilen von ganz %1, und was sie berühren</translation>
    </message>
</context>
<context>
    <name>studio::BottomPanel</name>
    <message>
        <source>Panel below the pages</source>
        <translation>Leiste unter den Seiten</translation>
    </message>
    <message>
        <source>What the panel shows</source>
        <translation>Was die Leiste zeigt</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Die Leiste schließen</translation>
    </message>
</context>
<context>
    <name>studio::BuilderPage</name>
    <message>
        <source>Query builder</source>
        <translation>Abfragebau</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>Drizzle</source>
        <translation>Drizzle</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>The query as SQL</source>
        <translation>Die Abfrage als SQL</translation>
    </message>
    <message>
        <source>The query as Drizzle TypeScript</source>
        <translation>Die Abfrage als Drizzle-TypeScript</translation>
    </message>
    <message>
        <source>Not run yet</source>
        <translation>Noch nicht ausgeführt</translation>
    </message>
    <message>
        <source>Ctrl+Enter reads the rows</source>
        <translation>Strg+Eingabe liest die Zeilen</translation>
    </message>
    <message>
        <source>Copied the Drizzle query</source>
        <translation>Drizzle-Abfrage kopiert</translation>
    </message>
    <message>
        <source>≈%1 rows</source>
        <translation>≈%1 Zeilen</translation>
    </message>
    <message>
        <source>⚠ %1 multiplies rows</source>
        <translation>⚠ %1 vervielfacht Zeilen</translation>
    </message>
    <message>
        <source>No rows in %1</source>
        <translation>Keine Zeilen in %1</translation>
    </message>
    <message>
        <source>No rows</source>
        <translation>Keine Zeilen</translation>
    </message>
    <message>
        <source>Copied the SQL</source>
        <translation>SQL kopiert</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>%1 rows, the limit</source>
        <translation>%1 Zeilen, das Limit</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>1 statement</source>
        <translation>1 Anweisung</translation>
    </message>
</context>
<context>
    <name>studio::BuilderSteps</name>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Beziehungen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Sort · Limit</source>
        <translation>Sortierung · Limit</translation>
    </message>
    <message>
        <source>Table to query</source>
        <translation>Abzufragende Tabelle</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>Eine Tabelle wählen</translation>
    </message>
    <message>
        <source>Most rows to read</source>
        <translation>Höchstzahl der Zeilen</translation>
    </message>
    <message>
        <source>limit </source>
        <translation>Limit </translation>
    </message>
    <message>
        <source>locked</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>%1 = &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>%1 = &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>⚠ %1 is not scoped yet</source>
        <translation>⚠ %1 ist noch nicht eingegrenzt</translation>
    </message>
    <message>
        <source>Several rows of %1: joining multiplies rows</source>
        <translation>Mehrere Zeilen von %1: der Join vervielfacht Zeilen</translation>
    </message>
    <message>
        <source>One row of %1, or none</source>
        <translation>Eine Zeile von %1 oder keine</translation>
    </message>
    <message>
        <source>One row of %1</source>
        <translation>Eine Zeile von %1</translation>
    </message>
    <message>
        <source>A relation of the code</source>
        <translation>Eine Beziehung aus dem Code</translation>
    </message>
    <message>
        <source>A foreign key of the database</source>
        <translation>Ein Fremdschlüssel der Datenbank</translation>
    </message>
    <message>
        <source>all of %1</source>
        <translation>alle von %1</translation>
    </message>
    <message>
        <source>+ column</source>
        <translation>+ Spalte</translation>
    </message>
    <message>
        <source>+ filter</source>
        <translation>+ Filter</translation>
    </message>
    <message>
        <source>Sorted by %1, descending</source>
        <translation>Nach %1 sortiert, absteigend</translation>
    </message>
    <message>
        <source>Sorted by %1, ascending</source>
        <translation>Nach %1 sortiert, aufsteigend</translation>
    </message>
    <message>
        <source>+ sort</source>
        <translation>+ Sortierung</translation>
    </message>
    <message>
        <source>A foreign key of the code that the database does not have</source>
        <translation>Ein Fremdschlüssel des Codes, den die Datenbank nicht hat</translation>
    </message>
</context>
<context>
    <name>studio::CalendarPart</name>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
</context>
<context>
    <name>studio::CellEditor</name>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>there is no JSON</source>
        <translation>kein JSON</translation>
    </message>
    <message>
        <source>%1 has no empty value: use NULL</source>
        <translation>%1 kennt keinen leeren Wert: NULL nehmen</translation>
    </message>
    <message>
        <source>This is no %1</source>
        <translation>Das ist kein %1</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Values of %1</source>
        <translation>Werte von %1</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>false</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Wert von %1</translation>
    </message>
    <message>
        <source>NULL</source>
        <translation>NULL</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>Kein Wert</translation>
    </message>
    <message>
        <source>%1 is NOT NULL</source>
        <translation>%1 ist NOT NULL</translation>
    </message>
    <message>
        <source>DEFAULT</source>
        <translation>DEFAULT</translation>
    </message>
    <message>
        <source>The column has no default: NULL</source>
        <translation>Die Spalte hat keine Vorgabe: NULL</translation>
    </message>
    <message>
        <source>Empty text</source>
        <translation>Leerer Text</translation>
    </message>
    <message>
        <source>A text without characters</source>
        <translation>Ein Text ohne Zeichen</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>A new random identifier</source>
        <translation>Eine neue zufällige Kennung</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>The time of this machine</source>
        <translation>Die Zeit dieses Rechners</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Enter; a new line: Shift+Enter</source>
        <translation>Enter; eine neue Zeile: Umschalt+Enter</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Show the value by its parts</source>
        <translation>Den Wert nach seinen Teilen zeigen</translation>
    </message>
    <message>
        <source>This value can be shown as text only</source>
        <translation>Dieser Wert kann nur als Text gezeigt werden</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>A new value in the place of %1</source>
        <translation>Ein neuer Wert an der Stelle von %1</translation>
    </message>
    <message>
        <source>A list is written {a,b}: &quot; around what has a comma or a brace</source>
        <translation>Eine Liste schreibt man {a,b}, mit &quot; um alles, was Komma oder Klammer enthält</translation>
    </message>
    <message>
        <source>there is a second value</source>
        <translation>da steht ein zweiter Wert</translation>
    </message>
</context>
<context>
    <name>studio::ColumnStatistics</name>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Reading all rows… Esc stops it</source>
        <translation>Alle Zeilen werden gelesen … Esc hält es an</translation>
    </message>
    <message>
        <source>Statistics of %1</source>
        <translation>Statistik von %1</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Distinct</source>
        <translation>Verschiedene</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Kleinster Wert</translation>
    </message>
    <message>
        <source>Greatest</source>
        <translation>Größter Wert</translation>
    </message>
</context>
<context>
    <name>studio::ConditionPopup</name>
    <message>
        <source>SQL for one row, as behind WHERE: score &gt; 3 AND name LIKE &apos;A%&apos;</source>
        <translation>SQL für eine Zeile, wie hinter WHERE: score &gt; 3 AND name LIKE &apos;A%&apos;</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>The server takes it</source>
        <translation>Der Server nimmt sie an</translation>
    </message>
</context>
<context>
    <name>studio::ConfigChooser</name>
    <message>
        <source>Which drizzle config of this repository?</source>
        <translation>Welche Drizzle-Config dieses Repositorys?</translation>
    </message>
    <message>
        <source>The repository holds no drizzle config.</source>
        <translation>Das Repository enthält keine Drizzle-Config.</translation>
    </message>
</context>
<context>
    <name>studio::ConflictView</name>
    <message>
        <source>The row is not there any more: somebody has deleted it, or it belongs to another tenant now.</source>
        <translation>Die Zeile ist nicht mehr da: Jemand hat sie gelöscht, oder sie gehört jetzt einem anderen Mandanten.</translation>
    </message>
    <message>
        <source>Somebody has changed the row that you want to delete.</source>
        <translation>Jemand hat die Zeile geändert, die gelöscht werden soll.</translation>
    </message>
    <message>
        <source>Somebody has changed the row since you edited it.</source>
        <translation>Jemand hat die Zeile geändert, seit sie hier bearbeitet wurde.</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Konflikte</translation>
    </message>
    <message>
        <source>Nothing was saved. Choose for each row what is right, then commit again.</source>
        <translation>Nichts wurde gespeichert. Für jede Zeile wählen, was gilt, und dann noch einmal speichern.</translation>
    </message>
    <message>
        <source>Drop my edit</source>
        <translation>Meine Änderung verwerfen</translation>
    </message>
    <message>
        <source>Keep the row</source>
        <translation>Die Zeile behalten</translation>
    </message>
    <message>
        <source>Delete it all the same</source>
        <translation>Trotzdem löschen</translation>
    </message>
    <message>
        <source>Take what is chosen</source>
        <translation>Auswahl übernehmen</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>When you edited it</source>
        <translation>Beim Bearbeiten</translation>
    </message>
    <message>
        <source>Now, theirs</source>
        <translation>Jetzt, von anderen</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>%1: keep theirs, %2</source>
        <translation>%1: fremden Wert behalten, %2</translation>
    </message>
    <message>
        <source>%1: take mine, %2</source>
        <translation>%1: eigenen Wert nehmen, %2</translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation>Beide sind gleich</translation>
    </message>
    <message>
        <source>%1, %2 in all</source>
        <translation>%1, insgesamt %2</translation>
    </message>
</context>
<context>
    <name>studio::ConnectionSteps</name>
    <message>
        <source>SSH tunnel</source>
        <translation>SSH-Tunnel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>nichts zu tun</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>nicht erreicht</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>im Gang</translation>
    </message>
</context>
<context>
    <name>studio::ConnectionStrip</name>
    <message>
        <source>State of the connection</source>
        <translation>Zustand der Verbindung</translation>
    </message>
    <message>
        <source>Work is going on</source>
        <translation>Die Arbeit läuft</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>No database</source>
        <translation>Keine Datenbank</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>The connection failed</source>
        <translation>Die Verbindung scheiterte</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>studio::DeleteDialog</name>
    <message>
        <source>stand in the way</source>
        <translation>stehen im Weg</translation>
    </message>
    <message>
        <source>are deleted, too</source>
        <translation>werden mit gelöscht</translation>
    </message>
    <message>
        <source>lose the reference (NULL)</source>
        <translation>verlieren den Verweis (NULL)</translation>
    </message>
    <message>
        <source>get the default</source>
        <translation>erhalten die Vorgabe</translation>
    </message>
    <message>
        <source>Looking for rows that refer to them…</source>
        <translation>Zeilen, die darauf verweisen, werden gesucht…</translation>
    </message>
    <message>
        <source>Mark for deletion</source>
        <translation>Zum Löschen vormerken</translation>
    </message>
    <message>
        <source>Delete %1 rows of %2</source>
        <translation>%1 Zeilen von %2 löschen</translation>
    </message>
    <message>
        <source>Rows that refer to them</source>
        <translation>Zeilen, die darauf verweisen</translation>
    </message>
    <message>
        <source>Referring rows</source>
        <translation>Verweisende Zeilen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>What becomes of them</source>
        <translation>Was mit ihnen geschieht</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Set %1 instead</source>
        <translation>Stattdessen %1 setzen</translation>
    </message>
    <message>
        <source>What refers to them could not be found out: %1</source>
        <translation>Was darauf verweist, war nicht festzustellen: %1</translation>
    </message>
    <message>
        <source>Rows that stand in the way: %1. The server will refuse the deletion unless they are deleted or changed, too.</source>
        <translation>Zeilen, die im Weg stehen: %1. Der Server lehnt das Löschen ab, solange sie nicht auch gelöscht oder geändert werden.</translation>
    </message>
    <message>
        <source>No other row refers to them.</source>
        <translation>Keine andere Zeile verweist darauf.</translation>
    </message>
    <message>
        <source>Nothing is deleted before you commit.</source>
        <translation>Vor dem Speichern wird nichts gelöscht.</translation>
    </message>
    <message>
        <source>Undoing the commit does not bring them back: more than %1 are not kept.</source>
        <translation>Wird der Commit rückgängig gemacht, kommen sie nicht zurück: mehr als %1 werden nicht aufgehoben.</translation>
    </message>
    <message>
        <source>Undoing the commit brings them back, but for those of %1: they have no key.</source>
        <translation>Wird der Commit rückgängig gemacht, kommen sie zurück, außer denen von %1: sie haben keinen Schlüssel.</translation>
    </message>
    <message>
        <source>Undoing the commit brings them back.</source>
        <translation>Wird der Commit rückgängig gemacht, kommen sie zurück.</translation>
    </message>
    <message>
        <source>Rows of %1 refer to them that are not the chosen tenant&apos;s: the commit will be refused as long as they do.</source>
        <translation>Auf sie verweisen Zeilen von %1, die nicht dem gewählten Mandanten gehören: Solange das so ist, wird der Commit abgelehnt.</translation>
    </message>
    <message>
        <source>Rows that are deleted with them: %1. %2</source>
        <translation>Zeilen, die mit ihnen gelöscht werden: %1. %2</translation>
    </message>
    <message>
        <source>Undoing the commit gives it back.</source>
        <translation>Wird der Commit rückgängig gemacht, bekommen sie ihn zurück.</translation>
    </message>
    <message>
        <source>Undoing the commit does not give it back.</source>
        <translation>Wird der Commit rückgängig gemacht, bekommen sie ihn nicht zurück.</translation>
    </message>
    <message>
        <source>Rows that lose their reference: %1. %2</source>
        <translation>Zeilen, die ihren Verweis verlieren: %1. %2</translation>
    </message>
    <message>
        <source>refused: not the tenant&apos;s alone</source>
        <translation>abgelehnt: nicht nur des Mandanten</translation>
    </message>
    <message>
        <source>Undoing the commit brings them back in two steps only where they and rows of %1 point at each other.</source>
        <translation>Wird der Commit rückgängig gemacht, kommen sie nur in zwei Schritten zurück, wo sie und Zeilen von %1 aufeinander zeigen.</translation>
    </message>
    <message>
        <source>The commit will be refused: %1</source>
        <translation>Der Commit wird abgelehnt werden: %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
</context>
<context>
    <name>studio::DiffCanvas</name>
    <message>
        <source>Drag it to what it has become, or open its menu</source>
        <translation>Auf das ziehen, was daraus wurde, oder das Kontextmenü öffnen</translation>
    </message>
    <message>
        <source>%1 has become</source>
        <translation>Aus %1 wurde</translation>
    </message>
</context>
<context>
    <name>studio::DiffCards</name>
    <message>
        <source>enum</source>
        <translation>Aufzählung</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>no default</source>
        <translation>keine Vorgabe</translation>
    </message>
    <message>
        <source>not generated</source>
        <translation>nicht berechnet</translation>
    </message>
    <message>
        <source>no identity</source>
        <translation>keine Identität</translation>
    </message>
    <message>
        <source>not in the key</source>
        <translation>nicht im Schlüssel</translation>
    </message>
    <message>
        <source>unique index</source>
        <translation>Unique-Index</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>foreign key</source>
        <translation>Fremdschlüssel</translation>
    </message>
    <message>
        <source>unique</source>
        <translation>unique</translation>
    </message>
    <message>
        <source>check</source>
        <translation>check</translation>
    </message>
    <message>
        <source>%1 more, unchanged</source>
        <translation>%1 weitere, unverändert</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>primary key</source>
        <translation>Primärschlüssel</translation>
    </message>
    <message>
        <source>row-level security</source>
        <translation>Zeilensicherheit</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>name of the primary key</source>
        <translation>Name des Primärschlüssels</translation>
    </message>
    <message>
        <source>name of the sequence</source>
        <translation>Name der Sequenz</translation>
    </message>
    <message>
        <source>view</source>
        <translation>View</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
</context>
<context>
    <name>studio::DifferencesModel</name>
    <message>
        <source>only in the code</source>
        <translation>nur im Code</translation>
    </message>
    <message>
        <source>only in the database</source>
        <translation>nur in der Datenbank</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>studio::Editor</name>
    <message>
        <source>No program was found that opens the file</source>
        <translation>Es wurde kein Programm gefunden, das die Datei öffnet</translation>
    </message>
    <message>
        <source>choose the editor: Ctrl K, “Choose the editor…”</source>
        <translation>den Editor wählen: Strg K, „Den Editor wählen …“</translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>Die Datei ist nicht mehr da</translation>
    </message>
    <message>
        <source>The editor could not be started</source>
        <translation>Der Editor konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>choose another: Ctrl K, “Choose the editor…”</source>
        <translation>einen anderen wählen: Strg K, „Den Editor wählen …“</translation>
    </message>
</context>
<context>
    <name>studio::EditorDialog</name>
    <message>
        <source>The one found first: %1</source>
        <translation>Der zuerst gefundene: %1</translation>
    </message>
    <message>
        <source>What the desktop opens such files with</source>
        <translation>Womit der Desktop solche Dateien öffnet</translation>
    </message>
    <message>
        <source>A command of your own</source>
        <translation>Ein eigener Befehl</translation>
    </message>
</context>
<context>
    <name>studio::ExportBar</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>Den Export abbrechen</translation>
    </message>
    <message>
        <source>Exporting to %1 · %2 rows · %3 · %4 s</source>
        <translation>Export nach %1 · %2 Zeilen · %3 · %4 s</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message about the export</source>
        <translation>Die Meldung zum Export schließen</translation>
    </message>
    <message>
        <source>Exported: %1 rows to %2</source>
        <translation>Exportiert: %1 Zeilen nach %2</translation>
    </message>
    <message>
        <source>Cancelled: %1 was not written</source>
        <translation>Abgebrochen: %1 wurde nicht geschrieben</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
</context>
<context>
    <name>studio::FilterBar</name>
    <message>
        <source>Only NULL</source>
        <translation>Nur NULL</translation>
    </message>
    <message>
        <source>Not NULL</source>
        <translation>Nicht NULL</translation>
    </message>
    <message>
        <source>Only this value</source>
        <translation>Nur dieser Wert</translation>
    </message>
    <message>
        <source>Not this value</source>
        <translation>Nicht dieser Wert</translation>
    </message>
    <message>
        <source>+ filter</source>
        <translation>+ Filter</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Einen Filter hinzufügen</translation>
    </message>
    <message>
        <source>+ WHERE</source>
        <translation>+ WHERE</translation>
    </message>
    <message>
        <source>Add a condition in SQL</source>
        <translation>Eine Bedingung in SQL hinzufügen</translation>
    </message>
    <message>
        <source>off: </source>
        <translation>aus: </translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
    <message>
        <source>Click to change, ✕ or Delete to remove, right click to switch off</source>
        <translation>Klick ändert, ✕ oder Entf entfernt, Rechtsklick schaltet ab</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>Alle entfernen</translation>
    </message>
</context>
<context>
    <name>studio::FilterRow</name>
    <message>
        <source>Column of filter %1</source>
        <translation>Spalte von Filter %1</translation>
    </message>
    <message>
        <source>Comparison of filter %1</source>
        <translation>Vergleich von Filter %1</translation>
    </message>
    <message>
        <source>Value of filter %1</source>
        <translation>Wert von Filter %1</translation>
    </message>
    <message>
        <source>Remove filter %1</source>
        <translation>Filter %1 entfernen</translation>
    </message>
    <message>
        <source>Not yet a value of %1</source>
        <translation>Noch kein Wert von %1</translation>
    </message>
</context>
<context>
    <name>studio::GridColumns</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns · %1 hidden</source>
        <translation>Spalten · %1 ausgeblendet</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>As the table has them</source>
        <translation>Wie die Tabelle sie hat</translation>
    </message>
</context>
<context>
    <name>studio::GridEditing</name>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>Eine Zeile hinzufügen</translation>
    </message>
    <message>
        <source>Delete the chosen rows</source>
        <translation>Die gewählten Zeilen löschen</translation>
    </message>
    <message>
        <source>Add a row; nothing is written before you commit</source>
        <translation>Eine Zeile hinzufügen; vor dem Speichern wird nichts geschrieben</translation>
    </message>
    <message>
        <source>Mark the chosen rows for deletion</source>
        <translation>Die gewählten Zeilen zum Löschen vormerken</translation>
    </message>
    <message>
        <source>Your code fills this column in new rows ($defaultFn); Sluice does not run it. Give the value that it would.</source>
        <translation>Der Code füllt diese Spalte in neuen Zeilen ($defaultFn); Sluice führt ihn nicht aus. Bitte den Wert angeben, den er gäbe.</translation>
    </message>
    <message>
        <source>Your code sets this column with every change ($onUpdate); Sluice does not run it. Give the value that it would.</source>
        <translation>Der Code setzt diese Spalte bei jeder Änderung ($onUpdate); Sluice führt ihn nicht aus. Bitte den Wert angeben, den er gäbe.</translation>
    </message>
    <message>
        <source>The row is marked for deletion: take that back first</source>
        <translation>Die Zeile ist zum Löschen vorgemerkt: erst das zurücknehmen</translation>
    </message>
    <message>
        <source>deleted_at to now</source>
        <translation>deleted_at auf jetzt</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Set to NULL</source>
        <translation>Auf NULL setzen</translation>
    </message>
    <message>
        <source>Set to the default</source>
        <translation>Auf die Vorgabe setzen</translation>
    </message>
    <message>
        <source>Revert the cell</source>
        <translation>Zelle zurücksetzen</translation>
    </message>
    <message>
        <source>Revert the row</source>
        <translation>Zeile zurücksetzen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Set %1 cells to NULL</source>
        <translation>%1 Zellen auf NULL setzen</translation>
    </message>
    <message>
        <source>Set %1 cells to the default</source>
        <translation>%1 Zellen auf die Vorgabe setzen</translation>
    </message>
    <message>
        <source>These are too many cells to be changed at once: %1</source>
        <translation>Das sind zu viele Zellen, um sie auf einmal zu ändern: %1</translation>
    </message>
    <message>
        <source>What is pasted has more rows or columns than are here: nothing was changed</source>
        <translation>Was eingefügt wird, hat mehr Zeilen oder Spalten, als hier sind: Es wurde nichts geändert</translation>
    </message>
    <message>
        <source>Nothing was changed: %1 cannot take &quot;%2&quot;: %3</source>
        <translation>Es wurde nichts geändert: %1 kann „%2“ nicht aufnehmen: %3</translation>
    </message>
    <message>
        <source>Nothing was changed: %1 cannot be NULL, and what is pasted has nothing there</source>
        <translation>Nichts wurde geändert: %1 kann nicht NULL sein, und das Eingefügte hat dort nichts</translation>
    </message>
    <message>
        <source>These are too many rows to be duplicated at once: %1</source>
        <translation>Das sind zu viele Zeilen, um sie auf einmal zu verdoppeln: %1</translation>
    </message>
</context>
<context>
    <name>studio::GridFollow</name>
    <message>
        <source>No names of the rows of %1: %2</source>
        <translation>Keine Namen der Zeilen von %1: %2</translation>
    </message>
    <message>
        <source>Show %1 by</source>
        <translation>%1 zeigen als</translation>
    </message>
    <message>
        <source>The key alone</source>
        <translation>Nur der Schlüssel</translation>
    </message>
    <message>
        <source>Go to %1: %2</source>
        <translation>Zu %1 gehen: %2</translation>
    </message>
    <message>
        <source>Rows that refer to this one</source>
        <translation>Zeilen, die auf diese verweisen</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Peek</source>
        <translation>Kurz ansehen</translation>
    </message>
    <message>
        <source>Not among the rows of %1</source>
        <translation>Nicht unter den Zeilen von %1</translation>
    </message>
    <message>
        <source>There is no such row</source>
        <translation>Diese Zeile gibt es nicht</translation>
    </message>
</context>
<context>
    <name>studio::GridNested</name>
    <message>
        <source>Rows in line</source>
        <translation>Zeilen darunter</translation>
    </message>
    <message>
        <source>Show rows of a relation in line (Ctrl+Right)</source>
        <translation>Zeilen einer Beziehung darunter zeigen (Strg+Rechts)</translation>
    </message>
    <message>
        <source>Show %1 in line (Ctrl+Right); with Shift for every row</source>
        <translation>%1 darunter zeigen (Strg+Rechts); mit Umschalt unter jeder Zeile</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Show rows in line</source>
        <translation>Zeilen darunter zeigen</translation>
    </message>
    <message>
        <source>For every row</source>
        <translation>Unter jeder Zeile</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>Alle schließen</translation>
    </message>
    <message>
        <source>No names of the rows of %1: %2</source>
        <translation>Keine Namen der Zeilen von %1: %2</translation>
    </message>
</context>
<context>
    <name>studio::GridPage</name>
    <message>
        <source>Rows of %1</source>
        <translation>Zeilen von %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>%1 is not in the database</source>
        <translation>%1 ist nicht in der Datenbank</translation>
    </message>
    <message>
        <source>It is in the code only: generate a migration and apply it</source>
        <translation>Nur im Code vorhanden: eine Migration erzeugen und anwenden</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>The columns are read before the rows</source>
        <translation>Die Spalten werden vor den Zeilen gelesen</translation>
    </message>
    <message>
        <source>No rows</source>
        <translation>Keine Zeilen</translation>
    </message>
    <message>
        <source>The filters leave none over</source>
        <translation>Die Filter lassen keine übrig</translation>
    </message>
    <message>
        <source>%1 has no order: %2</source>
        <translation>%1 hat keine Ordnung: %2</translation>
    </message>
    <message>
        <source>Sort by %1</source>
        <translation>Nach %1 sortieren</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>wird geladen …</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>No column holds text</source>
        <translation>Keine Spalte enthält Text</translation>
    </message>
    <message>
        <source>SQL INSERT</source>
        <translation>SQL-INSERT</translation>
    </message>
    <message>
        <source>Drizzle seed</source>
        <translation>Drizzle-Seed</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV …</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON …</translation>
    </message>
    <message>
        <source>SQL INSERT…</source>
        <translation>SQL-INSERT …</translation>
    </message>
    <message>
        <source>Export the rows of %1</source>
        <translation>Die Zeilen von %1 exportieren</translation>
    </message>
    <message>
        <source>Show the row as a form</source>
        <translation>Die Zeile als Formular zeigen</translation>
    </message>
    <message>
        <source>%1 is not among the rows of %2</source>
        <translation>%1 ist nicht unter den Zeilen von %2</translation>
    </message>
    <message>
        <source>%1 is not there any more</source>
        <translation>%1 ist nicht mehr da</translation>
    </message>
    <message>
        <source>The filters are switched off: they left %1 out</source>
        <translation>Die Filter sind ausgeschaltet: sie ließen %1 aus</translation>
    </message>
    <message>
        <source>Statistics of the column</source>
        <translation>Statistik der Spalte</translation>
    </message>
    <message>
        <source>The filters are switched off: with them %1 is not found</source>
        <translation>Die Filter sind ausgeschaltet: mit ihnen wird %1 nicht gefunden</translation>
    </message>
    <message>
        <source>The table lies in another schema than the tenant&apos;s</source>
        <translation>Die Tabelle liegt in einem anderen Schema als dem des Mandanten</translation>
    </message>
    <message>
        <source>%1 (Ctrl+F)</source>
        <translation>%1 (Strg+F)</translation>
    </message>
    <message>
        <source>None has “%1” in it</source>
        <translation>Keine enthält „%1“</translation>
    </message>
    <message>
        <source>Filter…</source>
        <translation>Filter…</translation>
    </message>
    <message>
        <source>Then by %1</source>
        <translation>Danach nach %1</translation>
    </message>
    <message>
        <source>Choose the tenant…</source>
        <translation>Mandanten wählen …</translation>
    </message>
</context>
<context>
    <name>studio::GridStaged</name>
    <message>
        <source>by the server</source>
        <translation>vom Server</translation>
    </message>
    <message>
        <source>by the code: give a value</source>
        <translation>vom Code: Wert angeben</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>nötig</translation>
    </message>
</context>
<context>
    <name>studio::GridZone</name>
    <message>
        <source>Server&apos;s time</source>
        <translation>Serverzeit</translation>
    </message>
    <message>
        <source>Times are shown in %1.
What is edited, copied and exported stays as the server gives it. Click to choose another zone.</source>
        <translation>Zeiten werden in %1 angezeigt.
Bearbeitet, kopiert und exportiert wird, was der Server liefert. Klicken, um eine andere Zeitzone zu wählen.</translation>
    </message>
    <message>
        <source>Find a time zone</source>
        <translation>Zeitzone suchen</translation>
    </message>
    <message>
        <source>As the server gives it</source>
        <translation>Wie der Server sie liefert</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
</context>
<context>
    <name>studio::ImportColumns</name>
    <message>
        <source>Columns of the file</source>
        <translation>Spalten der Datei</translation>
    </message>
    <message>
        <source>Column of the file</source>
        <translation>Spalte der Datei</translation>
    </message>
    <message>
        <source>First values</source>
        <translation>Erste Werte</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Kommt nach</translation>
    </message>
    <message>
        <source>Column that %1 goes to</source>
        <translation>Spalte, in die %1 kommt</translation>
    </message>
    <message>
        <source>(left out)</source>
        <translation>(ausgelassen)</translation>
    </message>
</context>
<context>
    <name>studio::ImportDialog</name>
    <message>
        <source>Import into %1</source>
        <translation>In %1 importieren</translation>
    </message>
    <message>
        <source>as the file tells</source>
        <translation>wie die Datei zeigt</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>senkrechter Strich</translation>
    </message>
    <message>
        <source>UTF-8 or UTF-16</source>
        <translation>UTF-8 oder UTF-16</translation>
    </message>
    <message>
        <source>are bad rows</source>
        <translation>sind fehlerhafte Zeilen</translation>
    </message>
    <message>
        <source>stay as they are</source>
        <translation>bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>get the file&apos;s values</source>
        <translation>bekommen die Werte der Datei</translation>
    </message>
    <message>
        <source>keep all others out, too</source>
        <translation>halten auch alle anderen zurück</translation>
    </message>
    <message>
        <source>go to a file; the others are imported…</source>
        <translation>kommen in eine Datei, die anderen in die Tabelle…</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>No tenant is chosen: the file says whose rows they are.</source>
        <translation>Kein Mandant ist gewählt: Die Datei sagt, wessen Zeilen es sind.</translation>
    </message>
    <message>
        <source>Only rows of %1 are taken.</source>
        <translation>Nur Zeilen von %1 werden übernommen.</translation>
    </message>
    <message>
        <source>All rows become %1&apos;s: %2 is filled in.</source>
        <translation>Alle Zeilen werden die von %1: %2 wird ausgefüllt.</translation>
    </message>
    <message>
        <source>Separated values (*.csv *.tsv *.txt)</source>
        <translation>Getrennte Werte (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Keep the bad rows</source>
        <translation>Die fehlerhaften Zeilen aufheben</translation>
    </message>
    <message>
        <source>%1 bad rows.csv</source>
        <translation>%1 fehlerhafte Zeilen.csv</translation>
    </message>
    <message>
        <source>the chosen tenant fills it</source>
        <translation>der gewählte Mandant füllt sie aus</translation>
    </message>
    <message>
        <source>%1 is not in the database</source>
        <translation>%1 ist nicht in der Datenbank</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Die Datei wird gelesen…</translation>
    </message>
    <message>
        <source>The connection is read-only</source>
        <translation>Die Verbindung ist nur zum Lesen</translation>
    </message>
    <message>
        <source>a dry run tries everything and undoes it, so it writes, too</source>
        <translation>ein Probelauf versucht alles und macht es rückgängig, schreibt also auch</translation>
    </message>
    <message>
        <source>allow writes first</source>
        <translation>zuerst das Schreiben erlauben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Reading the file: %1 rows</source>
        <translation>Die Datei wird gelesen: %1 Zeilen</translation>
    </message>
    <message>
        <source>Looking for bad rows among %1</source>
        <translation>Unter %1 Zeilen werden fehlerhafte gesucht</translation>
    </message>
    <message>
        <source>Writing %1 rows</source>
        <translation>%1 Zeilen werden geschrieben</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written</source>
        <translation>Abgebrochen: Nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>new %1, updated %2, left as they are %3</source>
        <translation>neu %1, geändert %2, unverändert %3</translation>
    </message>
    <message>
        <source>%1 of %2 rows are bad</source>
        <translation>%1 von %2 Zeilen sind fehlerhaft</translation>
    </message>
    <message>
        <source>Imported %1 rows: %2.</source>
        <translation>%1 Zeilen importiert: %2.</translation>
    </message>
    <message>
        <source>%1 rows can be imported: %2. Nothing was written yet.</source>
        <translation>%1 Zeilen können importiert werden: %2. Noch wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>%1: nothing would be imported.</source>
        <translation>%1: Nichts würde importiert.</translation>
    </message>
    <message>
        <source>%1: nothing was written.</source>
        <translation>%1: Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>%1; they are in %2.</source>
        <translation>%1; sie sind in %2.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>The first %1 of them are listed.</source>
        <translation>Die ersten %1 davon sind aufgeführt.</translation>
    </message>
    <message>
        <source>It was too late to cancel.</source>
        <translation>Zum Abbrechen war es zu spät.</translation>
    </message>
    <message>
        <source>There are no rows below the titles</source>
        <translation>Unter den Titeln stehen keine Zeilen</translation>
    </message>
    <message>
        <source>Of the first rows some cannot be read: %1</source>
        <translation>Von den ersten Zeilen sind einige nicht lesbar: %1</translation>
    </message>
</context>
<context>
    <name>studio::JsonPart</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Parts of the value</source>
        <translation>Teile des Werts</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>A new part of the chosen one, or beside it</source>
        <translation>Ein neuer Teil des gewählten oder neben ihm</translation>
    </message>
    <message>
        <source>Take the chosen part out</source>
        <translation>Den gewählten Teil herausnehmen</translation>
    </message>
    <message>
        <source>{%1}</source>
        <translation>{%1}</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>studio::Keychain</name>
    <message>
        <source>The system&apos;s keychain does not answer</source>
        <translation>Der Schlüsselbund des Systems antwortet nicht</translation>
    </message>
    <message>
        <source>Start a secret service (GNOME Keyring, KWallet, KeePassXC), or keep the password elsewhere</source>
        <translation>Starten Sie einen Schlüsselbunddienst (GNOME Keyring, KWallet, KeePassXC), oder bewahren Sie das Passwort anderswo auf</translation>
    </message>
    <message>
        <source>The keychain holds no password for this connection</source>
        <translation>Der Schlüsselbund enthält kein Passwort für diese Verbindung</translation>
    </message>
    <message>
        <source>Enter it in the connection&apos;s dialog</source>
        <translation>Geben Sie es im Dialog der Verbindung ein</translation>
    </message>
    <message>
        <source>The keychain was not opened</source>
        <translation>Der Schlüsselbund wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>Unlock it, or enter the password in the connection&apos;s dialog</source>
        <translation>Entsperren Sie ihn, oder geben Sie das Passwort im Dialog der Verbindung ein</translation>
    </message>
    <message>
        <source>It took too long</source>
        <translation>Es hat zu lange gedauert</translation>
    </message>
</context>
<context>
    <name>studio::LeasePopover</name>
    <message>
        <source>Sluice may then change %1, for example to apply migrations. It becomes read-only again by itself.</source>
        <translation>Sluice darf dann %1 ändern, zum Beispiel um Migrationen anzuwenden. Danach wird von selbst wieder nur gelesen.</translation>
    </message>
    <message>
        <source>This is %1 (%2). Sluice may then change it, for example to apply migrations. It becomes read-only again by itself.</source>
        <translation>Das ist %1 (%2). Sluice darf sie dann ändern, zum Beispiel um Migrationen anzuwenden. Danach wird von selbst wieder nur gelesen.</translation>
    </message>
    <message>
        <source>Allow writes for 15 minutes?</source>
        <translation>Schreiben für 15 Minuten erlauben?</translation>
    </message>
    <message>
        <source>Allow writes</source>
        <translation>Schreiben erlauben</translation>
    </message>
    <message>
        <source>Stay read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Show the rows of all tenants for 15 minutes?</source>
        <translation>Zeilen aller Mandanten für 15 Minuten zeigen?</translation>
    </message>
    <message>
        <source>Every page then shows and changes everybody&apos;s rows, and exports them. After that the tenant that was chosen before is chosen again.</source>
        <translation>Jede Seite zeigt und ändert dann die Zeilen aller und exportiert sie. Danach ist wieder der Mandant gewählt, der es vorher war.</translation>
    </message>
    <message>
        <source>Show all tenants</source>
        <translation>Alle Mandanten zeigen</translation>
    </message>
    <message>
        <source>Stay with one</source>
        <translation>Bei einem bleiben</translation>
    </message>
</context>
<context>
    <name>studio::MainWindow</name>
    <message>
        <source>Choose a table on the left, or press Ctrl K.</source>
        <translation>Links eine Tabelle wählen oder Strg K drücken.</translation>
    </message>
    <message>
        <source>Go to a table or an action</source>
        <translation>Zu einer Tabelle oder Aktion springen</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Reading the schema…</source>
        <translation>Das Schema wird gelesen …</translation>
    </message>
    <message>
        <source>Query %1</source>
        <translation>Abfrage %1</translation>
    </message>
    <message>
        <source>Migrations</source>
        <translation>Migrationen</translation>
    </message>
    <message>
        <source>The sample is being prepared…</source>
        <translation>Das Beispiel wird vorbereitet …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Allow writes…</source>
        <translation>Schreiben erlauben …</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The schema could not be read.</source>
        <translation>Das Schema ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>Erst ein Projekt öffnen</translation>
    </message>
    <message>
        <source>The project names no database; choose a server first</source>
        <translation>Das Projekt nennt keine Datenbank; erst einen Server wählen</translation>
    </message>
    <message>
        <source>The schema names no tenant</source>
        <translation>Das Schema kennt keinen Mandanten</translation>
    </message>
    <message>
        <source>Writes are allowed already</source>
        <translation>Schreiben ist schon erlaubt</translation>
    </message>
    <message>
        <source>The database is read-only already</source>
        <translation>Die Datenbank wird schon nur gelesen</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Open in the editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>The schema has no tables.</source>
        <translation>Das Schema hat keine Tabellen.</translation>
    </message>
    <message>
        <source>Show the problems</source>
        <translation>Die Probleme zeigen</translation>
    </message>
    <message>
        <source>The code was read without a remark.</source>
        <translation>Der Code wurde ohne Anmerkung gelesen.</translation>
    </message>
    <message>
        <source>The schema has not been read yet.</source>
        <translation>Das Schema wurde noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>Probleme (%1)</translation>
    </message>
    <message>
        <source>Choose the config…</source>
        <translation>Die Config wählen …</translation>
    </message>
    <message>
        <source>Choose one of the repository&apos;s drizzle configs.</source>
        <translation>Eine der Drizzle-Configs des Repositorys wählen.</translation>
    </message>
    <message>
        <source>The repository holds no other config</source>
        <translation>Das Repository enthält keine andere Config</translation>
    </message>
    <message>
        <source>The tree shows what the code said before</source>
        <translation>Der Baum zeigt, was der Code zuvor sagte</translation>
    </message>
    <message>
        <source>What could not be read is missing from the tree</source>
        <translation>Was nicht gelesen werden konnte, fehlt im Baum</translation>
    </message>
    <message>
        <source>no migration is written until it is mended</source>
        <translation>bis zur Behebung wird keine Migration geschrieben</translation>
    </message>
    <message>
        <source>%1 (and %2 more)</source>
        <translation>%1 (und %2 weitere)</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Code and database could not be compared.</source>
        <translation>Code und Datenbank ließen sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>Code and database are in step.</source>
        <translation>Code und Datenbank stimmen überein.</translation>
    </message>
    <message>
        <source>Comparing code and database…</source>
        <translation>Code und Datenbank werden verglichen …</translation>
    </message>
    <message>
        <source>Connect to see how the database differs from the code.</source>
        <translation>Verbinden, um zu sehen, worin sich die Datenbank vom Code unterscheidet.</translation>
    </message>
    <message>
        <source>Differences (%1)</source>
        <translation>Unterschiede (%1)</translation>
    </message>
    <message>
        <source>Tenant audit</source>
        <translation>Mandantenprüfung</translation>
    </message>
    <message>
        <source>Pending changes</source>
        <translation>Offene Änderungen</translation>
    </message>
    <message>
        <source>Rows with edits from the last time: %1</source>
        <translation>Zeilen mit Änderungen vom letzten Mal: %1</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Rows saved: %1</source>
        <translation>Gespeicherte Zeilen: %1</translation>
    </message>
    <message>
        <source>Undo last commit</source>
        <translation>Speichern zurücknehmen</translation>
    </message>
    <message>
        <source>Pending changes (%1)</source>
        <translation>Offene Änderungen (%1)</translation>
    </message>
    <message>
        <source>No edits are staged</source>
        <translation>Keine Änderungen sind vorgemerkt</translation>
    </message>
    <message>
        <source>Nothing was undone</source>
        <translation>Nichts wurde zurückgenommen</translation>
    </message>
    <message>
        <source>Row-level security</source>
        <translation>Zeilensicherheit</translation>
    </message>
    <message>
        <source>There is no place to go back to</source>
        <translation>Es gibt keinen Ort, zu dem man zurückgehen könnte</translation>
    </message>
    <message>
        <source>There is no place to go on to</source>
        <translation>Es gibt keinen Ort, zu dem man weitergehen könnte</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>Whose rows do you want to see?</source>
        <translation>Wessen Zeilen möchten Sie sehen?</translation>
    </message>
    <message>
        <source>Choose a tenant, or all of them for a while</source>
        <translation>Wählen Sie einen Mandanten, oder alle für eine Weile</translation>
    </message>
    <message>
        <source>Choose the tenant…</source>
        <translation>Mandanten wählen …</translation>
    </message>
    <message>
        <source>sluice.json says nothing of what a tenant is divided into</source>
        <translation>sluice.json sagt nichts davon, worin ein Mandant geteilt ist</translation>
    </message>
    <message>
        <source>Choose the tenant first</source>
        <translation>Erst den Mandanten wählen</translation>
    </message>
    <message>
        <source>not saved: %1</source>
        <translation>nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Rows with staged edits: click to review them, Ctrl+S commits them</source>
        <translation>Zeilen mit vorgemerkten Änderungen: Klick zeigt sie, Strg+S schreibt sie</translation>
    </message>
    <message>
        <source>What became of rows of %1, which referred to those that were deleted, stays when the commit is undone</source>
        <translation>Was aus Zeilen von %1 wurde, die auf die gelöschten verwiesen, bleibt so, wenn der Commit rückgängig gemacht wird</translation>
    </message>
    <message>
        <source>Connection…</source>
        <translation>Verbindung …</translation>
    </message>
</context>
<context>
    <name>studio::MessageBar</name>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>%1 more, shown as these are closed</source>
        <translation>%1 weitere, sichtbar, sobald diese geschlossen sind</translation>
    </message>
</context>
<context>
    <name>studio::Migrations</name>
    <message>
        <source>The code cannot be read: %1</source>
        <translation>Der Code lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>The migrations folder cannot be read: %1</source>
        <translation>Der Migrationsordner lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>The code is being read</source>
        <translation>Der Code wird gelesen</translation>
    </message>
    <message>
        <source>Code and folder were not compared yet</source>
        <translation>Code und Ordner wurden noch nicht verglichen</translation>
    </message>
    <message>
        <source>Code and folder are in step: there is nothing to generate</source>
        <translation>Code und Ordner stimmen überein: es gibt nichts zu erzeugen</translation>
    </message>
    <message>
        <source>Answer first whether this is a rename</source>
        <translation>Erst beantworten, ob das eine Umbenennung ist</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Generate %1</source>
        <translation>%1 erzeugen</translation>
    </message>
    <message>
        <source>The migrations folder was not read yet</source>
        <translation>Der Migrationsordner wurde noch nicht gelesen</translation>
    </message>
    <message>
        <source>Which migrations are applied is known after the first connection</source>
        <translation>Welche Migrationen angewendet sind, ist nach der ersten Verbindung bekannt</translation>
    </message>
    <message>
        <source>Which migrations are applied cannot be read: %1</source>
        <translation>Welche Migrationen angewendet sind, lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>The table of applied migrations is being read</source>
        <translation>Die Tabelle der angewendeten Migrationen wird gelesen</translation>
    </message>
    <message>
        <source>Every migration of the folder is applied</source>
        <translation>Jede Migration des Ordners ist angewendet</translation>
    </message>
    <message>
        <source>The connection is read-only: applying needs a write lease</source>
        <translation>Die Verbindung liest nur: zum Anwenden muss Schreiben erlaubt sein</translation>
    </message>
    <message>
        <source>Check what is applied</source>
        <translation>Prüfen, was angewendet ist</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Apply %1 pending</source>
        <translation>%1 ausstehende anwenden</translation>
    </message>
    <message>
        <source>Parts of the schema could not be read: mend the errors first, since what is missing would look as if it had been dropped</source>
        <translation>Teile des Schemas konnten nicht gelesen werden: zuerst die Fehler beheben, denn was fehlt, sähe aus wie gelöscht</translation>
    </message>
    <message>
        <source>Some changes cannot be made as they are, so nothing can be written</source>
        <translation>Einige Änderungen lassen sich so nicht ausführen, deshalb kann nichts geschrieben werden</translation>
    </message>
    <message>
        <source>The migrations folder cannot be relied on: %1</source>
        <translation>Auf den Migrationsordner ist kein Verlass: %1</translation>
    </message>
</context>
<context>
    <name>studio::MigrationsPage</name>
    <message>
        <source>not yet generated</source>
        <translation>noch nicht erzeugt</translation>
    </message>
    <message>
        <source>The code cannot be read, so this is what it last said. %1</source>
        <translation>Der Code lässt sich nicht lesen; das hier sagte er zuletzt. %1</translation>
    </message>
    <message>
        <source>The migrations folder cannot be read. %1</source>
        <translation>Der Migrationsordner lässt sich nicht lesen. %1</translation>
    </message>
    <message>
        <source>The folder %1 does not exist yet; the first migration creates it.</source>
        <translation>Den Ordner %1 gibt es noch nicht; die erste Migration legt ihn an.</translation>
    </message>
    <message>
        <source>Code and folder are in step</source>
        <translation>Code und Ordner stimmen überein</translation>
    </message>
    <message>
        <source>When a .ts file of the schema is saved, what it changes shows here.</source>
        <translation>Wird eine .ts-Datei des Schemas gespeichert, ist hier zu sehen, was sie ändert.</translation>
    </message>
    <message>
        <source>The code cannot be read</source>
        <translation>Der Code lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The migrations folder cannot be read</source>
        <translation>Der Migrationsordner lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist geöffnet</translation>
    </message>
    <message>
        <source>Reading code and folder …</source>
        <translation>Code und Ordner werden gelesen …</translation>
    </message>
    <message>
        <source>No change of the schema</source>
        <translation>Keine Änderung am Schema</translation>
    </message>
    <message>
        <source>This migration holds SQL that its snapshot knows nothing of.</source>
        <translation>Diese Migration enthält SQL, von dem ihr Snapshot nichts weiß.</translation>
    </message>
    <message>
        <source>There is no picture of this migration</source>
        <translation>Von dieser Migration gibt es kein Bild</translation>
    </message>
    <message>
        <source>The migration is being written</source>
        <translation>Die Migration wird geschrieben</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>%1 wurde geschrieben</translation>
    </message>
    <message>
        <source>The pending migrations are being applied</source>
        <translation>Die ausstehenden Migrationen werden angewendet</translation>
    </message>
    <message>
        <source>Applied 1 migration</source>
        <translation>1 Migration angewendet</translation>
    </message>
    <message>
        <source>Applied %1 migrations</source>
        <translation>%1 Migrationen angewendet</translation>
    </message>
    <message>
        <source>Reading the migration …</source>
        <translation>Die Migration wird gelesen …</translation>
    </message>
    <message>
        <source>Parts of the schema could not be read</source>
        <translation>Teile des Schemas konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>What is missing would look as if it had been dropped. The problems say what to mend.</source>
        <translation>Was fehlt, sähe aus wie gelöscht. Die Probleme sagen, was zu beheben ist.</translation>
    </message>
    <message>
        <source>Parts of the schema could not be read, so this is what it last said. %1</source>
        <translation>Teile des Schemas ließen sich nicht lesen; gezeigt ist, was es zuletzt sagte. %1</translation>
    </message>
    <message>
        <source>The migrations folder cannot be relied on</source>
        <translation>Auf den Migrationsordner ist kein Verlass</translation>
    </message>
</context>
<context>
    <name>studio::MigrationsView</name>
    <message>
        <source>Copy SQL</source>
        <translation>SQL kopieren</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>SQL (1 statement)</source>
        <translation>SQL (1 Anweisung)</translation>
    </message>
    <message>
        <source>SQL (%1 statements)</source>
        <translation>SQL (%1 Anweisungen)</translation>
    </message>
    <message>
        <source>Writes the next migration into the folder</source>
        <translation>Schreibt die nächste Migration in den Ordner</translation>
    </message>
    <message>
        <source>Runs every pending migration, each in its own transaction</source>
        <translation>Führt jede ausstehende Migration aus, jede in ihrer eigenen Transaktion</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>studio::NestedStrip</name>
    <message>
        <source>Go to this row</source>
        <translation>Zu dieser Zeile gehen</translation>
    </message>
    <message>
        <source>Open all of them</source>
        <translation>Alle öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>%1 more — open</source>
        <translation>%1 weitere – öffnen</translation>
    </message>
    <message>
        <source>More — open</source>
        <translation>Weitere – öffnen</translation>
    </message>
</context>
<context>
    <name>studio::NewRows</name>
    <message>
        <source>New rows</source>
        <translation>Neue Zeilen</translation>
    </message>
    <message>
        <source>New rows, not saved: %1</source>
        <translation>Neue Zeilen, nicht gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>studio::PeekPanel</name>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Enter goes there, Esc closes</source>
        <translation>Eingabe geht hin, Esc schließt</translation>
    </message>
    <message numerus="yes">
        <source>and %n more column(s)</source>
        <translation>
            <numerusform>und %n weitere Spalte</numerusform>
            <numerusform>und %n weitere Spalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Refer to it: %1</source>
        <translation>Darauf verweisen: %1</translation>
    </message>
</context>
<context>
    <name>studio::PendingPanel</name>
    <message>
        <source>Pending changes</source>
        <translation>Offene Änderungen</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Write everything in one transaction</source>
        <translation>Alles in einer Transaktion schreiben</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>Alles verwerfen</translation>
    </message>
    <message>
        <source>Drop every staged edit</source>
        <translation>Jede vorgemerkte Änderung verwerfen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take the last step back (Ctrl+Z)</source>
        <translation>Den letzten Schritt zurücknehmen (Strg+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Make it again (Ctrl+Shift+Z)</source>
        <translation>Noch einmal machen (Strg+Umschalt+Z)</translation>
    </message>
    <message>
        <source>Undo last commit</source>
        <translation>Speichern zurücknehmen</translation>
    </message>
    <message>
        <source>Stage what takes the last commit back, to be looked at</source>
        <translation>Vormerken, was das letzte Speichern zurücknimmt, zum Ansehen</translation>
    </message>
    <message>
        <source>Set to now</source>
        <translation>Auf jetzt setzen</translation>
    </message>
    <message>
        <source>Stage the time of this machine for the columns that hold one</source>
        <translation>Die Zeit dieses Rechners für die Spalten vormerken, die eine halten</translation>
    </message>
    <message>
        <source>SQL of the commit</source>
        <translation>SQL des Speicherns</translation>
    </message>
    <message>
        <source>No edits are staged. Double click a cell of a table, or press F2 on it.</source>
        <translation>Keine Änderungen sind vorgemerkt. Doppelklick auf eine Zelle einer Tabelle, oder F2.</translation>
    </message>
    <message>
        <source>Committing…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Allow writes, then commit</source>
        <translation>Schreiben erlauben, dann speichern</translation>
    </message>
    <message>
        <source>Your code fills %1; Sluice does not run it.</source>
        <translation>Der Code füllt %1; Sluice führt ihn nicht aus.</translation>
    </message>
</context>
<context>
    <name>studio::PendingTree</name>
    <message>
        <source>empty text</source>
        <translation>leerer Text</translation>
    </message>
    <message>
        <source>whatever it is</source>
        <translation>was es auch ist</translation>
    </message>
    <message>
        <source>a long value</source>
        <translation>ein langer Wert</translation>
    </message>
    <message>
        <source>Staged edits</source>
        <translation>Vorgemerkte Änderungen</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>Revert the table</source>
        <translation>Tabelle zurücksetzen</translation>
    </message>
    <message>
        <source>Revert the row</source>
        <translation>Zeile zurücksetzen</translation>
    </message>
    <message>
        <source>Revert the cell</source>
        <translation>Zelle zurücksetzen</translation>
    </message>
</context>
<context>
    <name>studio::PlaceOpener</name>
    <message>
        <source>Choose the editor…</source>
        <translation>Den Editor wählen …</translation>
    </message>
</context>
<context>
    <name>studio::Preferences</name>
    <message>
        <source>The settings begin anew</source>
        <translation>Die Einstellungen beginnen neu</translation>
    </message>
</context>
<context>
    <name>studio::ProblemsModel</name>
    <message>
        <source>imported by %1</source>
        <translation>importiert von %1</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>studio::ProblemsPanel</name>
    <message>
        <source>Open in the editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>studio::RecordModel</name>
    <message>
        <source>filled by your code</source>
        <translation>von Ihrem Code gefüllt</translation>
    </message>
    <message>
        <source>Your code fills it in new rows ($defaultFn)</source>
        <translation>Ihr Code füllt sie in neuen Zeilen ($defaultFn)</translation>
    </message>
    <message>
        <source>Your code sets it with every change ($onUpdate)</source>
        <translation>Ihr Code setzt sie bei jeder Änderung ($onUpdate)</translation>
    </message>
</context>
<context>
    <name>studio::RecordView</name>
    <message>
        <source>The row as a form</source>
        <translation>Die Zeile als Formular</translation>
    </message>
    <message>
        <source>Row before (Alt+Up)</source>
        <translation>Zeile davor (Alt+Auf)</translation>
    </message>
    <message>
        <source>Next row (Alt+Down)</source>
        <translation>Nächste Zeile (Alt+Ab)</translation>
    </message>
    <message>
        <source>Fields of the row</source>
        <translation>Felder der Zeile</translation>
    </message>
    <message>
        <source>No row</source>
        <translation>Keine Zeile</translation>
    </message>
    <message>
        <source>Show the value</source>
        <translation>Wert anzeigen</translation>
    </message>
    <message>
        <source>Close the form (F6)</source>
        <translation>Das Formular schließen (F6)</translation>
    </message>
</context>
<context>
    <name>studio::ReferencePicker</name>
    <message>
        <source>Choose a row of %1</source>
        <translation>Eine Zeile von %1 wählen</translation>
    </message>
    <message>
        <source>Find by %1</source>
        <translation>Suchen nach %1</translation>
    </message>
    <message>
        <source>Find by %1 or %2</source>
        <translation>Suchen nach %1 oder %2</translation>
    </message>
    <message>
        <source>Rows of %1</source>
        <translation>Zeilen von %1</translation>
    </message>
    <message>
        <source>NULL</source>
        <translation>NULL</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>Kein Wert</translation>
    </message>
    <message>
        <source>%1 is NOT NULL</source>
        <translation>%1 ist NOT NULL</translation>
    </message>
    <message>
        <source>DEFAULT</source>
        <translation>DEFAULT</translation>
    </message>
    <message>
        <source>What the server puts in</source>
        <translation>Was der Server einsetzt</translation>
    </message>
    <message>
        <source>The column has no default: NULL</source>
        <translation>Die Spalte hat keine Vorgabe: NULL</translation>
    </message>
    <message>
        <source>The first %1; type to find others</source>
        <translation>Die ersten %1; tippen findet andere</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>No such row</source>
        <translation>Keine solche Zeile</translation>
    </message>
    <message>
        <source>No such row among those of %1</source>
        <translation>Keine solche Zeile unter denen von %1</translation>
    </message>
</context>
<context>
    <name>studio::RefusalFrame</name>
    <message>
        <source>This cannot be written</source>
        <translation>Das lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>No statements can make these changes as the code has them. So that the folder never says less than the code, nothing is written until they are mended.</source>
        <translation>Diese Änderungen lassen sich so, wie der Code sie hat, mit keinen Anweisungen ausführen. Damit der Ordner nie weniger sagt als der Code, wird nichts geschrieben, bis sie behoben sind.</translation>
    </message>
</context>
<context>
    <name>studio::RenameFrame</name>
    <message>
        <source>Is this a rename?</source>
        <translation>Ist das eine Umbenennung?</translation>
    </message>
    <message>
        <source>Take the answer back</source>
        <translation>Antwort zurücknehmen</translation>
    </message>
    <message>
        <source>Drop %1, add %2</source>
        <translation>%1 entfernen, %2 hinzufügen</translation>
    </message>
    <message>
        <source>No: %1 is dropped with its values, %2 starts empty.</source>
        <translation>Nein: %1 wird mit seinen Werten entfernt, %2 beginnt leer.</translation>
    </message>
    <message>
        <source>Rename %1 → %2</source>
        <translation>%1 in %2 umbenennen</translation>
    </message>
    <message>
        <source>A rename keeps the values. Dropping loses them.</source>
        <translation>Umbenennen behält die Werte, Löschen verliert sie.</translation>
    </message>
    <message>
        <source>Yes: %1 becomes %2 and keeps its values.</source>
        <translation>Ja: %1 wird zu %2 und behält seine Werte.</translation>
    </message>
</context>
<context>
    <name>studio::RowsFrame</name>
    <message>
        <source>Rows stand in the way</source>
        <translation>Zeilen stehen im Weg</translation>
    </message>
    <message>
        <source>This statement would fail: %1</source>
        <translation>Diese Anweisung würde scheitern: %1</translation>
    </message>
    <message>
        <source>%1 more rows like these</source>
        <translation>%1 weitere solche Zeilen</translation>
    </message>
</context>
<context>
    <name>studio::RowsHeader</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>studio::RowsModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, not saved</source>
        <translation>%1: %2, nicht gespeichert</translation>
    </message>
    <message>
        <source>In the server&apos;s zone</source>
        <translation>In der Zeitzone des Servers</translation>
    </message>
    <message>
        <source>In %1; edited and copied as the server gives it</source>
        <translation>In %1; bearbeitet und kopiert, wie der Server es liefert</translation>
    </message>
    <message>
        <source>%1: %2, %3 in all</source>
        <translation>%1: %2, %3 insgesamt</translation>
    </message>
</context>
<context>
    <name>studio::RowsPane</name>
    <message>
        <source>Place in all rows</source>
        <translation>Ort in allen Zeilen</translation>
    </message>
</context>
<context>
    <name>studio::RowsView</name>
    <message>
        <source>No rows</source>
        <translation>Keine Zeilen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy with column names</source>
        <translation>Mit Spaltennamen kopieren</translation>
    </message>
    <message>
        <source>Loading more rows…</source>
        <translation>Weitere Zeilen werden geladen …</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Esc stops it</source>
        <translation>Esc hält an</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Rows copied: %1</source>
        <translation>Zeilen kopiert: %1</translation>
    </message>
    <message>
        <source>Stopped: the rows that were asked for are not there</source>
        <translation>Angehalten: die angeforderten Zeilen fehlen</translation>
    </message>
    <message>
        <source>Stopped: the rows are not counted and measured</source>
        <translation>Angehalten: die Zeilen sind nicht gezählt und vermessen</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>TSV</source>
        <translation>TSV</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Hide the column</source>
        <translation>Spalte ausblenden</translation>
    </message>
    <message>
        <source>%1 are too much at once: choose fewer cells, or export the rows</source>
        <translation>%1 sind zu viel auf einmal: Wählen Sie weniger Zellen, oder exportieren Sie die Zeilen</translation>
    </message>
    <message>
        <source>Fetching %1…</source>
        <translation>%1 werden geholt …</translation>
    </message>
    <message>
        <source>The row is not there any more: read the rows again</source>
        <translation>Die Zeile ist nicht mehr da: Lesen Sie die Zeilen neu</translation>
    </message>
    <message>
        <source>Stopped: the value was not fetched</source>
        <translation>Angehalten: Der Wert wurde nicht geholt</translation>
    </message>
    <message>
        <source>Show the value</source>
        <translation>Wert anzeigen</translation>
    </message>
    <message>
        <source>The rows are others now: what waited for a whole value was not done</source>
        <translation>Die Zeilen sind jetzt andere: Was auf einen ganzen Wert wartete, wurde nicht getan</translation>
    </message>
    <message>
        <source>Copying… Esc stops it</source>
        <translation>Wird kopiert… Esc bricht ab</translation>
    </message>
    <message>
        <source>Unpin column</source>
        <translation>Spalte lösen</translation>
    </message>
    <message>
        <source>Pin column</source>
        <translation>Spalte anheften</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>Aufsteigend sortieren</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>Absteigend sortieren</translation>
    </message>
    <message>
        <source>Then by this column</source>
        <translation>Danach nach dieser Spalte</translation>
    </message>
    <message>
        <source>Not by this column</source>
        <translation>Nicht nach dieser Spalte</translation>
    </message>
    <message>
        <source>Rows copied: %1 of %2. The others are not loaded: an export takes all of them</source>
        <translation>Zeilen kopiert: %1 von %2. Die anderen sind nicht geladen: Ein Export nimmt alle</translation>
    </message>
</context>
<context>
    <name>studio::SampleOpener</name>
    <message>
        <source>%1 (%2 %)</source>
        <translation>%1 (%2 %)</translation>
    </message>
    <message>
        <source>The sample&apos;s server is being started</source>
        <translation>Der Server des Beispiels wird gestartet</translation>
    </message>
</context>
<context>
    <name>studio::SearchPopup</name>
    <message>
        <source>Nothing is called that.</source>
        <translation>Nichts heißt so.</translation>
    </message>
</context>
<context>
    <name>studio::SecurityPage</name>
    <message>
        <source>Row-level security</source>
        <translation>Zeilensicherheit</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Policies</translation>
    </message>
    <message>
        <source>Rows as this role</source>
        <translation>Zeilen für diese Rolle</translation>
    </message>
    <message>
        <source>Policies of the table</source>
        <translation>Policies der Tabelle</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>The roles are read before their rows</source>
        <translation>Die Rollen werden vor ihren Zeilen gelesen</translation>
    </message>
    <message>
        <source>%1 has no policies</source>
        <translation>%1 hat keine Policies</translation>
    </message>
    <message>
        <source>Look at %1</source>
        <translation>%1 ansehen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Nothing was asked yet</source>
        <translation>Noch wurde nichts gefragt</translation>
    </message>
    <message>
        <source>Choose a table and a role, and look: the transaction is rolled back</source>
        <translation>Tabelle und Rolle wählen und ansehen: Die Transaktion wird zurückgerollt</translation>
    </message>
    <message>
        <source>%1 sees no rows here</source>
        <translation>%1 sieht hier keine Zeilen</translation>
    </message>
    <message>
        <source>%1 sees %2 rows here, %3 of them not of %4</source>
        <translation>%1 sieht hier %2 Zeilen, %3 davon nicht von %4</translation>
    </message>
    <message>
        <source>%1 sees %2 rows here, all of %3</source>
        <translation>%1 sieht hier %2 Zeilen, alle von %3</translation>
    </message>
    <message>
        <source>%1 sees %2 rows here</source>
        <translation>%1 sieht hier %2 Zeilen</translation>
    </message>
    <message>
        <source>tables: %1, with row-level security: %2; views: %3</source>
        <translation>Tabellen: %1, mit Zeilensicherheit: %2; Sichten: %3</translation>
    </message>
    <message>
        <source>%1 sees %2 rows here; whose they are is not known</source>
        <translation>%1 sieht hier %2 Zeilen; wessen sie sind, ist nicht bekannt</translation>
    </message>
</context>
<context>
    <name>studio::ServerDialog</name>
    <message>
        <source>As the server offers (prefer)</source>
        <translation>Wenn der Server sie anbietet (prefer)</translation>
    </message>
    <message>
        <source>Never (disable)</source>
        <translation>Nie (disable)</translation>
    </message>
    <message>
        <source>Only if the server insists (allow)</source>
        <translation>Nur wenn der Server darauf besteht (allow)</translation>
    </message>
    <message>
        <source>Always (require)</source>
        <translation>Immer (require)</translation>
    </message>
    <message>
        <source>Always, and check the certificate (verify-ca)</source>
        <translation>Immer, mit Prüfung des Zertifikats (verify-ca)</translation>
    </message>
    <message>
        <source>Always, and check certificate and name (verify-full)</source>
        <translation>Immer, mit Prüfung von Zertifikat und Name (verify-full)</translation>
    </message>
    <message>
        <source>The authority&apos;s certificate</source>
        <translation>Das Zertifikat der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Only while this window is open</source>
        <translation>Nur solange dieses Fenster offen ist</translation>
    </message>
    <message>
        <source>Remember it, the password in the system&apos;s keychain</source>
        <translation>Merken, das Passwort im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>In the project: DATABASE_URL in %1</source>
        <translation>Im Projekt: DATABASE_URL in %1</translation>
    </message>
    <message>
        <source>%1 · %2, opens read-only</source>
        <translation>%1 · %2, öffnet nur lesend</translation>
    </message>
    <message>
        <source>Looking for the keychain…</source>
        <translation>Der Schlüsselbund wird gesucht…</translation>
    </message>
    <message>
        <source>With the password, in plain text: keep the file out of version control.</source>
        <translation>Mit dem Passwort, im Klartext: die Datei gehört nicht in die Versionsverwaltung.</translation>
    </message>
    <message>
        <source>The address goes into Sluice&apos;s settings, without the password.</source>
        <translation>Die Adresse kommt in die Einstellungen von Sluice, ohne das Passwort.</translation>
    </message>
    <message>
        <source>Address and password are written nowhere.</source>
        <translation>Adresse und Passwort werden nirgends gespeichert.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The connection works (%1 ms)</source>
        <translation>Die Verbindung funktioniert (%1 ms)</translation>
    </message>
    <message>
        <source>The connection does not work</source>
        <translation>Die Verbindung funktioniert nicht</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Trying… %1 s</source>
        <translation>Versuche… %1 s</translation>
    </message>
</context>
<context>
    <name>studio::StatementModel</name>
    <message>
        <source>Migration %1 of %2</source>
        <translation>Migration %1 von %2</translation>
    </message>
</context>
<context>
    <name>studio::StatusPart</name>
    <message>
        <source>code ↔ folder: in step</source>
        <translation>Code ↔ Ordner: stimmen überein</translation>
    </message>
    <message>
        <source>code ↔ folder: 1 change</source>
        <translation>Code ↔ Ordner: 1 Änderung</translation>
    </message>
    <message>
        <source>code ↔ folder: %1 changes</source>
        <translation>Code ↔ Ordner: %1 Änderungen</translation>
    </message>
    <message>
        <source>The code has changes that no migration holds yet</source>
        <translation>Der Code hat Änderungen, die noch keine Migration enthält</translation>
    </message>
    <message>
        <source>%1 pending</source>
        <translation>%1 ausstehend</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 übersprungen</translation>
    </message>
    <message>
        <source>%1 edited after it ran</source>
        <translation>%1 nach dem Lauf bearbeitet</translation>
    </message>
    <message>
        <source>%1 without a file</source>
        <translation>%1 ohne Datei</translation>
    </message>
    <message>
        <source>folder ↔ ledger: in step</source>
        <translation>Ordner ↔ Ledger: stimmen überein</translation>
    </message>
    <message>
        <source>folder ↔ ledger: %1</source>
        <translation>Ordner ↔ Ledger: %1</translation>
    </message>
    <message>
        <source>What the database has applied, against the migrations in the folder</source>
        <translation>Was die Datenbank angewendet hat, gegenüber den Migrationen im Ordner</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>1 connection</source>
        <translation>1 Verbindung</translation>
    </message>
    <message>
        <source>%1 connections</source>
        <translation>%1 Verbindungen</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>1 notice</source>
        <translation>1 Hinweis</translation>
    </message>
    <message>
        <source>%1 notices</source>
        <translation>%1 Hinweise</translation>
    </message>
    <message>
        <source>What the code&apos;s loader noticed; click for the list</source>
        <translation>Was beim Lesen des Codes auffiel; ein Klick zeigt die Liste</translation>
    </message>
    <message>
        <source>Some of them cannot be made as they are</source>
        <translation>Einige davon lassen sich so nicht ausführen</translation>
    </message>
    <message>
        <source>code ↔ database: comparing…</source>
        <translation>Code ↔ Datenbank: Vergleich läuft …</translation>
    </message>
    <message>
        <source>code ↔ database: not compared</source>
        <translation>Code ↔ Datenbank: nicht verglichen</translation>
    </message>
    <message>
        <source>They could not be compared; the message says why</source>
        <translation>Sie ließen sich nicht vergleichen; die Meldung sagt, warum</translation>
    </message>
    <message>
        <source>code ↔ database: in step</source>
        <translation>Code ↔ Datenbank: stimmen überein</translation>
    </message>
    <message>
        <source>code ↔ database: 1 difference</source>
        <translation>Code ↔ Datenbank: 1 Unterschied</translation>
    </message>
    <message>
        <source>code ↔ database: %1 differences</source>
        <translation>Code ↔ Datenbank: %1 Unterschiede</translation>
    </message>
    <message>
        <source>What turns the database into what the code says; click for the list</source>
        <translation>Was die Datenbank zu dem macht, was der Code sagt; ein Klick zeigt die Liste</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>The server is not reached; the next read tries again</source>
        <translation>Der Server ist nicht erreichbar; beim nächsten Lesen wird es wieder versucht</translation>
    </message>
</context>
<context>
    <name>studio::StatusRow</name>
    <message>
        <source>Status of the page</source>
        <translation>Zustand der Seite</translation>
    </message>
    <message>
        <source>Code against folder</source>
        <translation>Code gegenüber Ordner</translation>
    </message>
    <message>
        <source>Folder against ledger</source>
        <translation>Ordner gegenüber Ledger</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
</context>
<context>
    <name>studio::TabStrip</name>
    <message>
        <source>Open pages</source>
        <translation>Offene Seiten</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Reiter schließen</translation>
    </message>
</context>
<context>
    <name>studio::TenantPicker</name>
    <message>
        <source>Find a tenant</source>
        <translation>Einen Mandanten suchen</translation>
    </message>
    <message>
        <source>All tenants</source>
        <translation>Alle Mandanten</translation>
    </message>
    <message>
        <source>Nothing is filtered by tenant any more, on any page</source>
        <translation>Auf keiner Seite wird mehr nach Mandant gefiltert</translation>
    </message>
    <message>
        <source>The tenants are being read from the database…</source>
        <translation>Die Mandanten werden aus der Datenbank gelesen …</translation>
    </message>
    <message>
        <source>All tenants, for 15 minutes…</source>
        <translation>Alle Mandanten, für 15 Minuten …</translation>
    </message>
    <message>
        <source>Find one within the tenant</source>
        <translation>Einen innerhalb des Mandanten finden</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>Rows of all of %1</source>
        <translation>Zeilen von ganz %1</translation>
    </message>
    <message>
        <source>They are being read from the database…</source>
        <translation>Sie werden aus der Datenbank gelesen…</translation>
    </message>
    <message>
        <source>All of %1</source>
        <translation>Alles von %1</translation>
    </message>
    <message>
        <source>A guard against mistakes, not a security boundary</source>
        <translation>Ein Schutz vor Versehen, keine Sicherheitsgrenze</translation>
    </message>
    <message>
        <source>Sluice keeps what it reads and writes to the tenant. Who can connect to the database by other ways can read every tenant&apos;s rows: against that stands row-level security.</source>
        <translation>Sluice beschränkt, was es liest und schreibt, auf den Mandanten. Wer sich auf anderem Weg mit der Datenbank verbindet, kann die Zeilen aller Mandanten lesen: Dagegen steht die Row-Level-Security.</translation>
    </message>
</context>
<context>
    <name>studio::Timeline</name>
    <message>
        <source>1 change</source>
        <translation>1 Änderung</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 Änderungen</translation>
    </message>
    <message>
        <source>What the code changes against the folder; no migration says it yet</source>
        <translation>Was der Code gegenüber dem Ordner ändert; noch keine Migration sagt es</translation>
    </message>
    <message>
        <source>The code and the last snapshot of the folder describe the same schema</source>
        <translation>Der Code und der letzte Snapshot des Ordners beschreiben dasselbe Schema</translation>
    </message>
    <message>
        <source>The database&apos;s ledger has this file</source>
        <translation>Das Ledger der Datenbank hat diese Datei</translation>
    </message>
    <message>
        <source>Not in the database&apos;s ledger yet</source>
        <translation>Noch nicht im Ledger der Datenbank</translation>
    </message>
    <message>
        <source>The file was edited after it was applied: the ledger has another hash</source>
        <translation>Die Datei wurde bearbeitet, nachdem sie angewendet war: das Ledger hat einen anderen Hash</translation>
    </message>
    <message>
        <source>Not applied, and older than the newest applied one: drizzle-kit would skip it</source>
        <translation>Nicht angewendet und älter als die neueste angewendete: drizzle-kit würde sie überspringen</translation>
    </message>
    <message>
        <source>The ledger was not read yet</source>
        <translation>Das Ledger wurde noch nicht gelesen</translation>
    </message>
    <message>
        <source>The journal names it, but its .sql file is missing</source>
        <translation>Das Journal nennt sie, aber ihre .sql-Datei fehlt</translation>
    </message>
    <message>
        <source>not yet generated</source>
        <translation>noch nicht erzeugt</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>stimmt überein</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>angewendet</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>ausstehend</translation>
    </message>
    <message>
        <source>edited since</source>
        <translation>seitdem bearbeitet</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>code and folder are in step</source>
        <translation>Code und Ordner stimmen überein</translation>
    </message>
    <message>
        <source>not compared yet</source>
        <translation>noch nicht verglichen</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <extracomment>A date and time as QDateTime::toString() takes it, short enough to stand after &quot;applied · &quot;.</extracomment>
        <translation>dd.MM.yyyy</translation>
    </message>
</context>
<context>
    <name>studio::TitleRow</name>
    <message>
        <source>Sluice</source>
        <translation>Sluice</translation>
    </message>
    <message>
        <source>no database</source>
        <translation>keine Datenbank</translation>
    </message>
    <message>
        <source>The project names no database; click to choose one</source>
        <translation>Das Projekt nennt keine Datenbank; klicken, um eine zu wählen</translation>
    </message>
    <message>
        <source>Not connected yet: the first query connects</source>
        <translation>Noch nicht verbunden: die erste Abfrage verbindet</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>The connection failed</source>
        <translation>Die Verbindung scheiterte</translation>
    </message>
    <message>
        <source>All tenants</source>
        <translation>Alle Mandanten</translation>
    </message>
    <message>
        <source>Rows of every tenant are shown; click to choose one</source>
        <translation>Die Zeilen aller Mandanten sind zu sehen; klicken, um einen zu wählen</translation>
    </message>
    <message>
        <source>Only rows of %1 are shown</source>
        <translation>Nur Zeilen von %1 sind zu sehen</translation>
    </message>
    <message>
        <source>The database is open for changes until the time is over</source>
        <translation>Die Datenbank ist für Änderungen offen, bis die Zeit um ist</translation>
    </message>
    <message>
        <source>End writes</source>
        <translation>Schreiben beenden</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Nothing that Sluice sends can change the database</source>
        <translation>Nichts, was Sluice sendet, kann die Datenbank ändern</translation>
    </message>
    <message>
        <source>Allow writes…</source>
        <translation>Schreiben erlauben …</translation>
    </message>
    <message>
        <source>There is no database to write to; choose one first</source>
        <translation>Es gibt keine Datenbank zum Schreiben; erst eine wählen</translation>
    </message>
    <message>
        <source>Choose a tenant</source>
        <translation>Mandanten wählen</translation>
    </message>
    <message>
        <source>No rows of tenants are shown before one is chosen, or all of them for a while</source>
        <translation>Zeilen von Mandanten werden erst gezeigt, wenn einer gewählt ist, oder alle für eine Weile</translation>
    </message>
    <message>
        <source>All tenants · %1</source>
        <translation>Alle Mandanten · %1</translation>
    </message>
    <message>
        <source>Writes allowed · %1</source>
        <translation>Schreiben erlaubt · %1</translation>
    </message>
    <message>
        <source>Rows of all of %1 are shown; click to choose one of its %2</source>
        <translation>Zeilen von ganz %1 werden gezeigt; zum Wählen aus %2 klicken</translation>
    </message>
    <message>
        <source>Only rows of %1 in %2 are shown; tables that lead to none of its %3 show those of the whole</source>
        <translation>Nur Zeilen von %1 in %2 werden gezeigt; Tabellen, die zu keinem von %3 führen, zeigen die des Ganzen</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>Nothing says any more which rows are %1&apos;s: none are shown; click to choose anew</source>
        <translation>Nichts sagt mehr, welche Zeilen zu %1 gehören: keine werden gezeigt; klicken, um neu zu wählen</translation>
    </message>
    <message>
        <source>%1 · no connection</source>
        <translation>%1 · keine Verbindung</translation>
    </message>
    <message>
        <source>The connection to the server was lost: what is shown was read before. The next read connects again</source>
        <translation>Die Verbindung zum Server ging verloren: Was zu sehen ist, wurde davor gelesen. Beim nächsten Lesen wird wieder verbunden</translation>
    </message>
</context>
<context>
    <name>studio::TrailBar</name>
    <message>
        <source>The way to these rows</source>
        <translation>Der Weg zu diesen Zeilen</translation>
    </message>
</context>
<context>
    <name>studio::TreeDelegate</name>
    <message>
        <source>unscoped</source>
        <translation>nicht eingegrenzt</translation>
    </message>
    <message>
        <source>global</source>
        <translation>global</translation>
    </message>
</context>
<context>
    <name>studio::TreeModel</name>
    <message>
        <source>primary key</source>
        <translation>Primärschlüssel</translation>
    </message>
    <message>
        <source>not null</source>
        <translation>nicht NULL</translation>
    </message>
    <message>
        <source>may be NULL</source>
        <translation>darf NULL sein</translation>
    </message>
    <message>
        <source>In the code, not in the database</source>
        <translation>Im Code, nicht in der Datenbank</translation>
    </message>
    <message>
        <source>In the database, not in the code</source>
        <translation>In der Datenbank, nicht im Code</translation>
    </message>
    <message>
        <source>In both, and differs</source>
        <translation>In beiden, und verschieden</translation>
    </message>
    <message>
        <source>The same in code and database</source>
        <translation>In Code und Datenbank gleich</translation>
    </message>
    <message>
        <source>About %L1 rows, by the planner&apos;s estimate</source>
        <translation>Etwa %L1 Zeilen, nach der Schätzung des Planers</translation>
    </message>
    <message>
        <source>Global: the same for every tenant</source>
        <translation>Global: für alle Mandanten gleich</translation>
    </message>
    <message>
        <source>Belongs to a tenant along its foreign keys</source>
        <translation>Gehört über seine Fremdschlüssel zu einem Mandanten</translation>
    </message>
    <message>
        <source>Unscoped: nothing ties its rows to a tenant</source>
        <translation>Nicht eingegrenzt: nichts bindet die Zeilen an einen Mandanten</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>foreign key</source>
        <translation>Fremdschlüssel</translation>
    </message>
    <message>
        <source>relation</source>
        <translation>Beziehung</translation>
    </message>
    <message>
        <source>enums</source>
        <translation>Aufzählungen</translation>
    </message>
    <message>
        <source>enum</source>
        <translation>Aufzählung</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>filled by code on insert and update</source>
        <translation>vom Code beim Einfügen und Ändern gefüllt</translation>
    </message>
    <message>
        <source>filled by code on insert</source>
        <translation>vom Code beim Einfügen gefüllt</translation>
    </message>
    <message>
        <source>filled by code on update</source>
        <translation>vom Code beim Ändern gefüllt</translation>
    </message>
    <message>
        <source>used at %1</source>
        <translation>verwendet in %1</translation>
    </message>
    <message>
        <source>defined at %1</source>
        <translation>definiert in %1</translation>
    </message>
    <message>
        <source>check</source>
        <translation>Prüfbedingung</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>views</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>view</source>
        <translation>View</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>For one tenant its query runs over the tenant&apos;s rows alone</source>
        <translation>Für einen Mandanten läuft ihre Abfrage nur über dessen Zeilen</translation>
    </message>
    <message>
        <source>Not shown to one tenant: %1</source>
        <translation>Nicht für einen Mandanten gezeigt: %1</translation>
    </message>
    <message>
        <source>Rows without a tenant are hidden: say in the menu whether they are everybody&apos;s</source>
        <translation>Zeilen ohne Mandanten sind verborgen: Sagen Sie im Menü, ob sie allen gehören</translation>
    </message>
    <message>
        <source>Rows without a tenant are shown to every tenant</source>
        <translation>Zeilen ohne Mandanten werden jedem Mandanten gezeigt</translation>
    </message>
    <message>
        <source>Each tenant has this table in a schema of its own</source>
        <translation>Jeder Mandant hat diese Tabelle in einem eigenen Schema</translation>
    </message>
</context>
<context>
    <name>studio::TreePanel</name>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Nichts passt zum Filter.</translation>
    </message>
    <message>
        <source>Show the rows</source>
        <translation>Die Zeilen zeigen</translation>
    </message>
    <message>
        <source>Open in the editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>Open where it is used</source>
        <translation>Öffnen, wo es verwendet wird</translation>
    </message>
    <message>
        <source>Open the definition</source>
        <translation>Die Definition öffnen</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>Den Namen kopieren</translation>
    </message>
</context>
<context>
    <name>studio::ValueDialog</name>
    <message>
        <source>The value was not saved</source>
        <translation>Der Wert wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Wert von %1</translation>
    </message>
    <message>
        <source>Part before</source>
        <translation>Teil davor</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>Nächster Teil</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Fetching %1… Esc stops it</source>
        <translation>%1 werden geholt … Esc hält es an</translation>
    </message>
    <message>
        <source>The row is not there any more: read the rows again</source>
        <translation>Die Zeile ist nicht mehr da: Lesen Sie die Zeilen neu</translation>
    </message>
    <message>
        <source>A text without characters</source>
        <translation>Ein Text ohne Zeichen</translation>
    </message>
    <message>
        <source>Laying it out…</source>
        <translation>Wird aufbereitet …</translation>
    </message>
    <message>
        <source>Too long for the clipboard: save it</source>
        <translation>Zu lang für die Zwischenablage: Speichern Sie ihn</translation>
    </message>
    <message>
        <source>Part %1 of %2</source>
        <translation>Teil %1 von %2</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Save the value of %1</source>
        <translation>Wert von %1 speichern</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Saved: %1 in %2</source>
        <translation>Gespeichert: %1 in %2</translation>
    </message>
</context>
<context>
    <name>tenant</name>
    <message>
        <source>The statement cannot be kept to one tenant</source>
        <translation>Die Anweisung lässt sich nicht auf einen Mandanten eingrenzen</translation>
    </message>
    <message>
        <source>leave it out, or run the statement unscoped</source>
        <translation>sie weglassen oder die Anweisung uneingegrenzt ausführen</translation>
    </message>
    <message>
        <source>no tenant column was recognised in this database</source>
        <translation>in dieser Datenbank wurde keine Mandantenspalte erkannt</translation>
    </message>
    <message>
        <source>run it unscoped</source>
        <translation>sie uneingegrenzt ausführen</translation>
    </message>
    <message>
        <source>it is no table of this database&apos;s schema</source>
        <translation>das ist keine Tabelle im Schema dieser Datenbank</translation>
    </message>
    <message>
        <source>the table has no %1 and no path to one</source>
        <translation>die Tabelle hat kein %1 und keinen Weg dorthin</translation>
    </message>
    <message>
        <source>a table stands where no subquery can</source>
        <translation>eine Tabelle steht, wo keine Unterabfrage stehen kann</translation>
    </message>
    <message>
        <source>write SELECT * FROM the table</source>
        <translation>SELECT * FROM und die Tabelle schreiben</translation>
    </message>
    <message>
        <source>the plan calls a function that may read rows of other tenants</source>
        <translation>der Plan ruft eine Funktion auf, die Zeilen anderer Mandanten lesen kann</translation>
    </message>
    <message>
        <source>the statement also reads this table where no condition can be put: behind a view or a function</source>
        <translation>die Anweisung liest diese Tabelle auch dort, wo keine Bedingung stehen kann: hinter einer Sicht oder Funktion</translation>
    </message>
    <message>
        <source>read the tables themselves</source>
        <translation>lesen Sie die Tabellen selbst</translation>
    </message>
    <message>
        <source>the server&apos;s plan cannot be read</source>
        <translation>der Plan des Servers ist nicht lesbar</translation>
    </message>
    <message>
        <source>the project has an operator of its own under this name, which may read rows of other tenants</source>
        <translation>das Projekt hat unter diesem Namen einen eigenen Operator, der Zeilen anderer Mandanten lesen kann</translation>
    </message>
    <message>
        <source>write OPERATOR(pg_catalog.…), or run it unscoped</source>
        <translation>schreiben Sie OPERATOR(pg_catalog.…), oder führen Sie sie ohne Mandanten aus</translation>
    </message>
    <message>
        <source>the project has a cast of its own, which may read rows of other tenants</source>
        <translation>das Projekt hat eine eigene Typumwandlung, die Zeilen anderer Mandanten lesen kann</translation>
    </message>
    <message>
        <source>the project has a function of its own under this name, which may read rows of other tenants</source>
        <translation>das Projekt hat unter diesem Namen eine eigene Funktion, die Zeilen anderer Mandanten lesen kann</translation>
    </message>
    <message>
        <source>write pg_catalog. before the name, or run it unscoped</source>
        <translation>schreiben Sie pg_catalog. vor den Namen, oder führen Sie sie ohne Mandanten aus</translation>
    </message>
    <message>
        <source>only SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE and EXPLAIN of them can be scoped</source>
        <translation>nur SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE und EXPLAIN davon lassen sich auf einen Mandanten beschränken</translation>
    </message>
    <message>
        <source>write it as one of these, or run it unscoped</source>
        <translation>schreiben Sie sie als eine davon, oder führen Sie sie ohne Mandanten aus</translation>
    </message>
    <message>
        <source>a parameter has no value here</source>
        <translation>ein Parameter hat hier keinen Wert</translation>
    </message>
    <message>
        <source>write the value itself</source>
        <translation>schreiben Sie den Wert selbst</translation>
    </message>
    <message>
        <source>there is no open cursor</source>
        <translation>es gibt keinen offenen Cursor</translation>
    </message>
    <message>
        <source>name the rows by their key</source>
        <translation>benennen Sie die Zeilen durch ihren Schlüssel</translation>
    </message>
    <message>
        <source>the function may read rows of other tenants, or act beyond the statement</source>
        <translation>die Funktion kann Zeilen anderer Mandanten lesen oder über die Anweisung hinaus wirken</translation>
    </message>
    <message>
        <source>it is a foreign table, whose rows are on another server</source>
        <translation>es ist eine fremde Tabelle, deren Zeilen auf einem anderen Server liegen</translation>
    </message>
    <message>
        <source>it is a sequence, which counts for all tenants</source>
        <translation>es ist eine Sequenz, die für alle Mandanten zählt</translation>
    </message>
    <message>
        <source>the table is named with its database</source>
        <translation>die Tabelle ist mit ihrer Datenbank benannt</translation>
    </message>
    <message>
        <source>leave the database&apos;s name out</source>
        <translation>lassen Sie den Namen der Datenbank weg</translation>
    </message>
    <message>
        <source>the server&apos;s catalogs hold what belongs to all tenants</source>
        <translation>die Kataloge des Servers enthalten, was allen Mandanten gehört</translation>
    </message>
    <message>
        <source>the sample&apos;s size is computed</source>
        <translation>die Größe der Stichprobe ist berechnet</translation>
    </message>
    <message>
        <source>write it as a number</source>
        <translation>schreiben Sie sie als Zahl</translation>
    </message>
    <message>
        <source>a whole row of a table whose columns are renamed has other names as a subquery</source>
        <translation>eine ganze Zeile einer Tabelle mit umbenannten Spalten hat als Unterabfrage andere Namen</translation>
    </message>
    <message>
        <source>leave the columns their names</source>
        <translation>lassen Sie den Spalten ihre Namen</translation>
    </message>
    <message>
        <source>its rows are the same for all tenants</source>
        <translation>ihre Zeilen sind für alle Mandanten dieselben</translation>
    </message>
    <message>
        <source>choose all tenants to change them</source>
        <translation>wählen Sie alle Mandanten, um sie zu ändern</translation>
    </message>
    <message>
        <source>a subquery of the tenant&apos;s rows stands for the table, and has no system columns</source>
        <translation>für die Tabelle steht eine Unterabfrage mit den Zeilen des Mandanten, und die hat keine Systemspalten</translation>
    </message>
    <message>
        <source>name rows by their primary key</source>
        <translation>benennen Sie Zeilen durch ihren Primärschlüssel</translation>
    </message>
    <message>
        <source>another table has the same name in this statement</source>
        <translation>eine andere Tabelle heißt in dieser Anweisung ebenso</translation>
    </message>
    <message>
        <source>give the table an alias and name its columns by that</source>
        <translation>geben Sie der Tabelle einen Alias und benennen Sie ihre Spalten damit</translation>
    </message>
    <message>
        <source>a foreign key carries the change on to a table that has no tenant</source>
        <translation>ein Fremdschlüssel trägt die Änderung in eine Tabelle weiter, die keinen Mandanten hat</translation>
    </message>
    <message>
        <source>choose all tenants for it</source>
        <translation>wählen Sie dafür alle Mandanten</translation>
    </message>
    <message>
        <source>a foreign key carries the change on to a row of another tenant</source>
        <translation>ein Fremdschlüssel trägt die Änderung zu einer Zeile eines anderen Mandanten weiter</translation>
    </message>
    <message>
        <source>mend that row first: sluice audit lists it</source>
        <translation>bringen Sie zuerst diese Zeile in Ordnung: sluice audit nennt sie</translation>
    </message>
    <message>
        <source>a row it writes would not belong to the tenant</source>
        <translation>eine Zeile, die sie schreibt, würde nicht dem Mandanten gehören</translation>
    </message>
    <message>
        <source>write the tenant&apos;s own %1</source>
        <translation>schreiben Sie die eigene %1 des Mandanten</translation>
    </message>
    <message>
        <source>a row it writes would point at a row of another tenant in %1</source>
        <translation>eine Zeile, die sie schreibt, würde auf eine Zeile eines anderen Mandanten in %1 zeigen</translation>
    </message>
    <message>
        <source>point at a row of the same tenant</source>
        <translation>zeigen Sie auf eine Zeile desselben Mandanten</translation>
    </message>
    <message>
        <source>the row it would update in place of the new one is another tenant&apos;s</source>
        <translation>die Zeile, die sie statt der neuen ändern würde, gehört einem anderen Mandanten</translation>
    </message>
    <message>
        <source>give the row a key of its own, or write ON CONFLICT DO NOTHING</source>
        <translation>geben Sie der Zeile einen eigenen Schlüssel, oder schreiben Sie ON CONFLICT DO NOTHING</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>einen Text</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>This is no JSON</source>
        <translation>Das ist kein JSON</translation>
    </message>
    <message>
        <source>mend it, or remove it: it says whose rows are whose</source>
        <translation>berichtigen oder entfernen: sie sagt, wem welche Zeilen gehören</translation>
    </message>
    <message>
        <source>%1 is not what it should be</source>
        <translation>%1 ist nicht, was es sein soll</translation>
    </message>
    <message>
        <source>write %1 there</source>
        <translation>dort %1 schreiben</translation>
    </message>
    <message>
        <source>it is a view, and its query cannot be read</source>
        <translation>es ist eine Sicht, deren Abfrage sich nicht lesen lässt</translation>
    </message>
    <message>
        <source>a view cannot be sampled</source>
        <translation>aus einer Sicht lässt sich keine Stichprobe ziehen</translation>
    </message>
    <message>
        <source>sample the tables themselves</source>
        <translation>ziehen Sie die Stichprobe aus den Tabellen selbst</translation>
    </message>
    <message>
        <source>rows of a view cannot be locked</source>
        <translation>Zeilen einer Sicht lassen sich nicht sperren</translation>
    </message>
    <message>
        <source>lock the rows of the tables themselves</source>
        <translation>sperren Sie die Zeilen der Tabellen selbst</translation>
    </message>
    <message>
        <source>views are nested too deeply</source>
        <translation>die Sichten sind zu tief ineinander verschachtelt</translation>
    </message>
    <message>
        <source>nothing says which of its rows are whose</source>
        <translation>nichts sagt, wem welche ihrer Zeilen gehören</translation>
    </message>
    <message>
        <source>%1 is no table of this schema</source>
        <translation>%1 ist keine Tabelle dieses Schemas</translation>
    </message>
    <message>
        <source>nothing says whose the rows of %1 are</source>
        <translation>nichts sagt, wem die Zeilen von %1 gehören</translation>
    </message>
    <message>
        <source>the rows of %1 lead to a tenant in several ways</source>
        <translation>die Zeilen von %1 führen auf mehreren Wegen zu einem Mandanten</translation>
    </message>
    <message>
        <source>none of its columns says whose a row is</source>
        <translation>keine ihrer Spalten sagt, wem eine Zeile gehört</translation>
    </message>
    <message>
        <source>it is a materialized view, which was computed from the rows of all tenants</source>
        <translation>sie ist eine materialisierte Sicht, die aus den Zeilen aller Mandanten berechnet wurde</translation>
    </message>
    <message>
        <source>say which of its columns holds the tenant, in the tree or in sluice.json, or read the tables themselves</source>
        <translation>sagen Sie im Baum oder in sluice.json, welche ihrer Spalten den Mandanten enthält, oder lesen Sie die Tabellen selbst</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>it is a view</source>
        <translation>sie ist eine Sicht</translation>
    </message>
    <message>
        <source>write to the table itself</source>
        <translation>schreiben Sie in die Tabelle selbst</translation>
    </message>
    <message>
        <source>&quot;global&quot;, &quot;unknown&quot; or {&quot;column&quot;: &quot;…&quot;, &quot;shared&quot;: &quot;shown&quot;}</source>
        <translation>&quot;global&quot;, &quot;unknown&quot; oder {&quot;column&quot;: &quot;…&quot;, &quot;shared&quot;: &quot;shown&quot;}</translation>
    </message>
    <message>
        <source>&quot;shown&quot; or &quot;hidden&quot;</source>
        <translation>&quot;shown&quot; oder &quot;hidden&quot;</translation>
    </message>
    <message>
        <source>it was computed from rows in %1</source>
        <translation>sie wurde aus Zeilen in %1 berechnet</translation>
    </message>
    <message>
        <source>its query cannot be read</source>
        <translation>ihre Abfrage kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1() may read anything</source>
        <translation>%1() kann alles Mögliche lesen</translation>
    </message>
    <message>
        <source>a text or a list of texts</source>
        <translation>einen Text oder eine Liste von Texten</translation>
    </message>
    <message>
        <source>either &quot;schemas&quot; or &quot;column&quot; and &quot;root&quot;</source>
        <translation>entweder &quot;schemas&quot; oder &quot;column&quot; und &quot;root&quot;</translation>
    </message>
    <message>
        <source>&quot;schemas&quot; beside &quot;declared&quot;</source>
        <translation>&quot;schemas&quot; neben &quot;declared&quot;</translation>
    </message>
    <message>
        <source>it lies beside the tenants&apos; schemas, and its rows point at tenants&apos; rows or are some of them</source>
        <translation>sie liegt neben den Schemas der Mandanten, und ihre Zeilen zeigen auf Zeilen von Mandanten oder sind welche davon</translation>
    </message>
    <message>
        <source>it is the pattern of the tenants&apos; tables, and its rows are nobody&apos;s</source>
        <translation>sie ist das Muster der Tabellen der Mandanten, und ihre Zeilen gehören niemandem</translation>
    </message>
    <message>
        <source>leave the schema out: the tenant&apos;s own is meant then</source>
        <translation>das Schema weglassen: Dann ist das des Mandanten gemeint</translation>
    </message>
    <message>
        <source>it lies in the schema of another tenant</source>
        <translation>sie liegt im Schema eines anderen Mandanten</translation>
    </message>
    <message>
        <source>leave the schema out, or choose that tenant</source>
        <translation>das Schema weglassen oder jenen Mandanten wählen</translation>
    </message>
    <message>
        <source>write to the tenant&apos;s own schema</source>
        <translation>in das eigene Schema des Mandanten schreiben</translation>
    </message>
    <message>
        <source>an expression of it cannot be read</source>
        <translation>ein Ausdruck in ihr kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>it reads %1</source>
        <translation>sie liest %1</translation>
    </message>
    <message>
        <source>it calls %1()</source>
        <translation>sie ruft %1() auf</translation>
    </message>
    <message>
        <source>only a BEFORE … FOR EACH ROW trigger without WHEN, in plpgsql, can be looked into</source>
        <translation>nur in einen Trigger BEFORE … FOR EACH ROW ohne WHEN, in plpgsql, kann gesehen werden</translation>
    </message>
    <message>
        <source>the trigger or rule %1 on %2 runs code that can change any row, or show it: %3</source>
        <translation>Der Trigger oder die Regel %1 auf %2 führt Code aus, der jede Zeile ändern oder zeigen kann: %3</translation>
    </message>
    <message>
        <source>nobody said whether the schema %1 is a tenant&apos;s, which holds tables of the tenants&apos; names</source>
        <translation>niemand hat gesagt, ob das Schema %1 einem Mandanten gehört; es enthält Tabellen mit den Namen der Mandantentabellen</translation>
    </message>
    <message>
        <source>add it to &quot;schemas&quot; in sluice.json, or say of the table that it is the same for every tenant</source>
        <translation>es in sluice.json zu „schemas“ hinzufügen, oder von der Tabelle sagen, dass sie für jeden Mandanten gleich ist</translation>
    </message>
    <message>
        <source>no table has the column %1</source>
        <translation>keine Tabelle hat die Spalte %1</translation>
    </message>
    <message>
        <source>there is no table %1</source>
        <translation>es gibt keine Tabelle %1</translation>
    </message>
    <message>
        <source>no foreign key of %1 says which table lists them: name it as &quot;root&quot;</source>
        <translation>kein Fremdschlüssel von %1 sagt, welche Tabelle sie aufführt: zu nennen als &quot;root&quot;</translation>
    </message>
    <message>
        <source>%1 has no %2 and no path to one</source>
        <translation>%1 hat kein %2 und keinen Weg dorthin</translation>
    </message>
    <message>
        <source>the column that names a tenant within a tenant</source>
        <translation>die Spalte, die einen Mandanten innerhalb eines Mandanten nennt</translation>
    </message>
    <message>
        <source>&quot;shared&quot; in tenant.tables</source>
        <translation>&quot;shared&quot; in tenant.tables</translation>
    </message>
    <message>
        <source>either &quot;schemas&quot; or &quot;nested&quot;</source>
        <translation>entweder &quot;schemas&quot; oder &quot;nested&quot;</translation>
    </message>
    <message>
        <source>say of it which column holds %1, in &quot;tables&quot; of &quot;nested&quot; in sluice.json, or read the tables themselves</source>
        <translation>in &quot;tables&quot; von &quot;nested&quot; in sluice.json sagen, welche ihrer Spalten %1 enthält, oder die Tabellen selbst lesen</translation>
    </message>
    <message>
        <source>its rows are those of the tenant as a whole, not of one %1</source>
        <translation>ihre Zeilen sind die des ganzen Mandanten, nicht die einer %1</translation>
    </message>
    <message>
        <source>choose the whole tenant to change them</source>
        <translation>den ganzen Mandanten wählen, um sie zu ändern</translation>
    </message>
    <message>
        <source>sluice.json says nothing of tenants within a tenant</source>
        <translation>sluice.json sagt nichts von Mandanten innerhalb eines Mandanten</translation>
    </message>
    <message>
        <source>choose the whole tenant</source>
        <translation>den ganzen Mandanten wählen</translation>
    </message>
    <message>
        <source>a row it writes would not belong to the %1 %2</source>
        <translation>eine Zeile, die sie schreibt, würde nicht zu %1 %2 gehören</translation>
    </message>
    <message>
        <source>write the chosen %1</source>
        <translation>die gewählte %1 schreiben</translation>
    </message>
    <message>
        <source>a row it writes would point at a row of another %1 in %2</source>
        <translation>eine Zeile, die sie schreibt, würde auf eine Zeile einer anderen %1 in %2 zeigen</translation>
    </message>
    <message>
        <source>point at a row of the same %1</source>
        <translation>auf eine Zeile derselben %1 zeigen</translation>
    </message>
    <message>
        <source>a foreign key carries the change on to a table of the tenant as a whole</source>
        <translation>ein Fremdschlüssel trägt die Änderung in eine Tabelle des ganzen Mandanten weiter</translation>
    </message>
    <message>
        <source>choose the whole tenant for it</source>
        <translation>dafür den ganzen Mandanten wählen</translation>
    </message>
    <message>
        <source>a foreign key carries the change on to a row that is not of the chosen %1</source>
        <translation>ein Fremdschlüssel trägt die Änderung zu einer Zeile weiter, die nicht zur gewählten %1 gehört</translation>
    </message>
    <message>
        <source>it reads rows in %1</source>
        <translation>sie liest Zeilen in %1</translation>
    </message>
    <message>
        <source>several schemas</source>
        <translation>mehreren Schemas</translation>
    </message>
</context>
</TS>
