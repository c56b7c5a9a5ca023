// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rows/page.h"

#include <QByteArray>

namespace rows
{

/// How rows are written as text in UTF-8. In all of them NULL and an empty text differ, and every
/// other value is the server's own text, whole and not rounded.
enum class Form {
    Csv,      ///< RFC 4180 with \n, as COPY writes it: NULL as nothing, an empty text as ""
    Tsv,      ///< the same with tabs, which spreadsheets take from the clipboard
    Json,     ///< an array of objects; numbers exact, json as it is, arrays as arrays, NULL as null
    Markdown, ///< a table; NULL as *NULL*
    Inserts,  ///< INSERT INTO … VALUES, 500 rows a statement
};

struct WrittenColumn {
    QString name;
    TypeClass type = TypeClass::Text;
    bool isComputed = false;                ///< GENERATED ALWAYS AS (…): left out of INSERT
    std::optional<TypeClass> elements = {}; ///< of an array
};

/// What INSERT names.
struct InsertTarget {
    QString table;                  ///< SQL, quoted
    bool overridesIdentity = false; ///< a column is GENERATED ALWAYS AS IDENTITY
};

enum class Titles { With, Without }; ///< of Csv and Tsv

/// Writes rows one after the other, so that a stream of any length needs the memory of one.
class RowWriter
{
public:
    RowWriter(Form form, QList<WrittenColumn> columns, InsertTarget target = {},
              Titles titles = Titles::With);

    using Cells = QList<std::optional<QByteArrayView>>;
    void begin(QByteArray &out) const;
    void add(const Cells &cells, QByteArray &out);
    void end(QByteArray &out) const;
    qint64 rowCount() const { return m_rows; }

private:
    void addObject(const Cells &cells, QByteArray &out) const;
    void addMarkdown(const Cells &cells, QByteArray &out) const;
    void addValues(const Cells &cells, QByteArray &out) const;

    Form m_form;
    QList<WrittenColumn> m_columns;
    QList<QByteArray> m_names; ///< as the form writes them
    QByteArray m_insert;
    Titles m_titles;
    qint64 m_rows = 0;
};

/// One row as Form::Csv with another \a separator.
void addSeparated(const RowWriter::Cells &cells, char separator, QByteArray &out);

/// All rows of \a page.
QByteArray written(const Page &page, RowWriter writer);

QList<WrittenColumn> writtenColumns(const Page &page);

} // namespace rows
