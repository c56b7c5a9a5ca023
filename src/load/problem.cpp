// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/problem.h"

#include <QCoreApplication>

#include <array>

namespace load
{

namespace
{

struct Sentence {
    const char *code;
    const char *text;
    const char *hint;
};

const std::array sentences{
    Sentence{
        "standInInSchema",
        QT_TRANSLATE_NOOP("load", "%1 lands in the schema (%2), but its package is not evaluated"),
        QT_TRANSLATE_NOOP("load",
                          "Sluice evaluates the project, drizzle-orm and zod; write the value "
                          "into the project itself")},
    Sentence{
        "standInGetsColumns",
        QT_TRANSLATE_NOOP("load", "%1 is given columns, but its package is not evaluated: what "
                                  "it makes of them is missing"),
        QT_TRANSLATE_NOOP("load", "Sluice evaluates the project, drizzle-orm and zod; declare the "
                                  "table in the project itself, or have the package in its "
                                  "workspace")},
    Sentence{"aliasInSchema",
             QT_TRANSLATE_NOOP("load", "%1 lands in the schema (%2), and no tsconfig.json says "
                                       "which file that is"),
             QT_TRANSLATE_NOOP("load", "Add the alias to the paths of tsconfig.json; a framework "
                                       "may make that file when the project is prepared")},
    Sentence{"schemaWithoutName",
             QT_TRANSLATE_NOOP("load", "A schema has no name: the value it is given is undefined"),
             QT_TRANSLATE_NOOP("load", "If it is a variable, set it in the project's .env file")},
    Sentence{"variableInSchema",
             QT_TRANSLATE_NOOP("load", "%1 lands in the schema (%2), and it is not set"),
             QT_TRANSLATE_NOOP("load", "Set it in the project's .env file")},
    Sentence{"brokenFileNeeded",
             QT_TRANSLATE_NOOP("load", "What needs %1 is left out, from here on: that file cannot "
                                       "be read"),
             QT_TRANSLATE_NOOP("load", "Correct that file first")},
    Sentence{"standInExports",
             QT_TRANSLATE_NOOP(
                 "load", "The schema re-exports all of %1, a package that is not evaluated: tables "
                         "in it would be lost"),
             QT_TRANSLATE_NOOP(
                 "load", "Sluice evaluates the project, drizzle-orm and zod; import the package's "
                         "files by their path inside the workspace")},
    Sentence{"sqlParameters",
             QT_TRANSLATE_NOOP(
                 "load", "The SQL of %1 holds a parameter ($1), which a database does not accept "
                         "in a definition"),
             ""},
    Sentence{"parameterInDefault",
             QT_TRANSLATE_NOOP(
                 "load", "The SQL default of %1 holds a parameter, which drizzle-kit refuses"),
             QT_TRANSLATE_NOOP("load", "Write the value as a literal, or with sql.raw()")},
    Sentence{"defaultWithoutText",
             QT_TRANSLATE_NOOP("load", "The default of %1 cannot be written as SQL: %2"),
             QT_TRANSLATE_NOOP("load", "Write it as SQL text, or correct the value")},
    Sentence{"brokenReference",
             QT_TRANSLATE_NOOP("load", "A foreign key of %1 points at nothing: %2"),
             QT_TRANSLATE_NOOP("load", "Check that the table it names is exported and imported")},
    Sentence{"referenceToNothing",
             QT_TRANSLATE_NOOP("load", "A foreign key of %1 points at a column that is not there"),
             QT_TRANSLATE_NOOP("load", "Check the name of the column it points at")},
    Sentence{"unnamedIndex",
             QT_TRANSLATE_NOOP("load", "An index of %1 on an expression has no name"),
             QT_TRANSLATE_NOOP("load", "Give it a name; one can only be made from columns")},
    Sentence{"vectorIndexWithoutOperatorClass",
             QT_TRANSLATE_NOOP("load", "Index %1 of %2 is on a vector and names no operator class"),
             QT_TRANSLATE_NOOP("load", "Name one, for example .op(\"vector_l2_ops\")")},
    Sentence{
        "duplicateIndex",
        QT_TRANSLATE_NOOP("load", "Index %1 of %2 has a name that another index of the schema has"),
        QT_TRANSLATE_NOOP("load", "Rename one of them")},
    Sentence{"duplicateUnique",
             QT_TRANSLATE_NOOP("load", "Unique constraint %1 appears twice in %2"),
             QT_TRANSLATE_NOOP("load", "Rename one of them")},
    Sentence{"duplicateCheck", QT_TRANSLATE_NOOP("load", "Check %1 appears twice in %2"),
             QT_TRANSLATE_NOOP("load", "Rename one of them")},
    Sentence{"duplicatePolicy", QT_TRANSLATE_NOOP("load", "Policy %1 appears twice on %2"),
             QT_TRANSLATE_NOOP("load", "Rename one of them")},
    Sentence{"duplicateView", QT_TRANSLATE_NOOP("load", "View %1 appears twice"),
             QT_TRANSLATE_NOOP("load", "Rename one of them")},
    Sentence{"policyWithoutTable",
             QT_TRANSLATE_NOOP("load", "Policy %1 belongs to no table and is left out"), ""},
    Sentence{
        "relationsNotRead",
        QT_TRANSLATE_NOOP("load", "The relations in %1 are not read, because its code throws: %2"),
        ""},
    Sentence{"standInUsed",
             QT_TRANSLATE_NOOP("load",
                               "%1 is used, but Sluice does not evaluate it; none of its values is "
                               "in the schema, and conditions on it may turn out differently"),
             ""},
    Sentence{"standInAsNumber",
             QT_TRANSLATE_NOOP("load", "%1 is computed with as a number, and its package is not "
                                       "evaluated: what is counted or compared by it may be wrong"),
             QT_TRANSLATE_NOOP("load", "Write the number into the project itself")},
    Sentence{"builtInReplaced",
             QT_TRANSLATE_NOOP(
                 "load", "The project's code replaces %1, which the schema is evaluated with"),
             QT_TRANSLATE_NOOP("load", "Remove the replacement from what the schema imports")},
    Sentence{"partThrows", QT_TRANSLATE_NOOP("load", "%1 cannot be read and is left out: %2"), ""},
    Sentence{"exportThrows",
             QT_TRANSLATE_NOOP("load", "The export %1 cannot be read and is left out: %2"), ""},
    Sentence{"fileThrows",
             QT_TRANSLATE_NOOP("load",
                               "%1 throws when it is loaded, and what it declares from there on is "
                               "left out: %2"),
             QT_TRANSLATE_NOOP("load",
                               "Correct the code, or set the variables it needs in the project's "
                               ".env file; the other files are loaded")},
    Sentence{"extrasThrow",
             QT_TRANSLATE_NOOP(
                 "load", "The indexes and constraints of %1 cannot be read and are left out: %2"),
             QT_TRANSLATE_NOOP("load", "Check the function behind the table's columns")},
    Sentence{"unknownExtra",
             QT_TRANSLATE_NOOP(
                 "load", "%1 has something among its indexes and constraints that is neither"),
             QT_TRANSLATE_NOOP("load", "Return the builders themselves in an array")},
    Sentence{"notAColumn", QT_TRANSLATE_NOOP("load", "%1 of %2 names something that is no column"),
             QT_TRANSLATE_NOOP("load", "Name columns of the table; the installed drizzle-orm may "
                                       "take them in another form")},
    Sentence{"missingColumn", QT_TRANSLATE_NOOP("load", "%1 is left out, because the column %2 is"),
             QT_TRANSLATE_NOOP("load", "Correct the column first")},
    Sentence{
        "targetNotExported",
        QT_TRANSLATE_NOOP("load",
                          "A foreign key of %1 points at %2, a table that no schema file exports"),
        QT_TRANSLATE_NOOP("load", "Export the table: drizzle-kit does not create it otherwise")},
    Sentence{
        "targetOfOthers",
        QT_TRANSLATE_NOOP("load", "A foreign key of %1 points at %2, a table of a schema that the "
                                  "project does not export: it has to be there already"),
        QT_TRANSLATE_NOOP("load", "Export the table and its schema when they are the project's")},
    Sentence{"tableNotExported",
             QT_TRANSLATE_NOOP(
                 "load", "Table %1 is declared and not exported: drizzle-kit does not see it"),
             QT_TRANSLATE_NOOP("load", "Export it from a schema file")},
    Sentence{"enumNotExported",
             QT_TRANSLATE_NOOP(
                 "load", "Enum %1 is declared and not exported: drizzle-kit does not create it"),
             QT_TRANSLATE_NOOP("load", "Export it from a schema file")},
    Sentence{"declaredBefore",
             QT_TRANSLATE_NOOP(
                 "load", "%1 is declared again as %2, which takes the place of this declaration"),
             QT_TRANSLATE_NOOP("load", "Rename or remove one of them")},
    Sentence{
        "declaredAgain",
        QT_TRANSLATE_NOOP("load", "%1 is already declared as %2; this declaration takes its place"),
        QT_TRANSLATE_NOOP("load", "Rename or remove one of them")},
    Sentence{
        "declaredTwice",
        QT_TRANSLATE_NOOP("load", "%1 is already declared as %2; this declaration is left out"),
        QT_TRANSLATE_NOOP("load", "Rename or remove one of them")},
    Sentence{"relationsThrow",
             QT_TRANSLATE_NOOP("load", "Relations cannot be read and are left out: %1"), ""},
    Sentence{"relationThrows",
             QT_TRANSLATE_NOOP("load", "The relation %1 cannot be read and is left out: %2"), ""},
    Sentence{"relationWithoutColumn",
             QT_TRANSLATE_NOOP("load", "The relation %1 names something that is no column"),
             QT_TRANSLATE_NOOP("load", "Check its fields and references")},
    Sentence{"relationToOtherTable",
             QT_TRANSLATE_NOOP("load",
                               "The relation %1 names the column %2, which is not a column of %3"),
             QT_TRANSLATE_NOOP(
                 "load", "Fields are columns of the table itself, references those of its target")},
    Sentence{"relationLengths",
             QT_TRANSLATE_NOOP("load", "The relation %1 has %2 fields and %3 references"),
             QT_TRANSLATE_NOOP("load", "Name as many fields as references")},
    Sentence{
        "relationToUnknownTable",
        QT_TRANSLATE_NOOP("load", "The relation %1 needs the table %2, which is not in the schema"),
        QT_TRANSLATE_NOOP("load", "Export the table from a schema file")},
    Sentence{"relationWithoutInverse",
             QT_TRANSLATE_NOOP("load", "The relation %1 has no columns, and %2 has no relation "
                                       "back that has them: a query cannot follow it"),
             QT_TRANSLATE_NOOP("load", "Declare the other side with its columns")},
    Sentence{"relationsAmbiguous",
             QT_TRANSLATE_NOOP("load", "The relation %1 has several relations of %2 as its other "
                                       "side: a query cannot follow it"),
             QT_TRANSLATE_NOOP("load", "Give both sides of each the same name")},
};

const Sentence *find(const QString &code)
{
    for (const Sentence &sentence : sentences) {
        if (code == QLatin1String(sentence.code))
            return &sentence;
    }
    return nullptr;
}

} // namespace

QString sentence(const QString &code, const QStringList &arguments)
{
    const Sentence *found = find(code);
    if (!found)
        return code + u' ' + arguments.join(u' ');
    const QString text = QCoreApplication::translate("load", found->text);
    // All at once: an argument that looks like %2 stays as it is.
    switch (arguments.size()) {
    case 0:
        return text;
    case 1:
        return text.arg(arguments.at(0));
    case 2:
        return text.arg(arguments.at(0), arguments.at(1));
    default:
        return text.arg(arguments.at(0), arguments.at(1), arguments.at(2));
    }
}

QString hintFor(const QString &code)
{
    const Sentence *found = find(code);
    return found && *found->hint ? QCoreApplication::translate("load", found->hint) : QString();
}

} // namespace load
