// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogrows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace load
{

namespace
{
bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}
} // namespace

CatalogRows::CatalogRows(rows::Page page)
    : m_page(std::move(page))
{
    for (qsizetype i = 0; i < m_page.columns().size(); ++i)
        m_columns.insert(m_page.columns().at(i).name, i);
}

qsizetype CatalogRows::index(const char *column) const
{
    for (const auto &[name, index] : m_known) {
        if (name == column)
            return index;
    }
    const auto found = m_columns.constFind(QLatin1String(column));
    Q_ASSERT_X(found != m_columns.cend(), "CatalogRows", column);
    m_known.emplace_back(column, *found);
    return *found;
}

bool CatalogRows::isNull(qsizetype row, const char *column) const
{
    return !m_page.cell(row, index(column)).has_value();
}

QString CatalogRows::text(qsizetype row, const char *column) const
{
    return m_page.text(row, index(column));
}

bool CatalogRows::flag(qsizetype row, const char *column) const
{
    return m_page.cell(row, index(column)) == QByteArrayView("t");
}

qint64 CatalogRows::number(qsizetype row, const char *column) const
{
    const std::optional<QByteArrayView> cell = m_page.cell(row, index(column));
    if (!cell)
        return 0;
    const bool negative = cell->startsWith('-');
    qint64 value = 0;
    for (const char character : negative ? cell->sliced(1) : *cell)
        value = value * 10 + (character - '0');
    return negative ? -value : value;
}

char CatalogRows::letter(qsizetype row, const char *column) const
{
    const std::optional<QByteArrayView> cell = m_page.cell(row, index(column));
    return cell && !cell->isEmpty() ? cell->front() : '\0';
}

QList<int> CatalogRows::numbers(qsizetype row, const char *column) const
{
    const QByteArrayView text = m_page.cell(row, index(column)).value_or(QByteArrayView());
    QList<int> values;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!isDigit(text[i]))
            continue;
        qint64 value = 0; // an oid needs all of its 32 bits
        for (; i < text.size() && isDigit(text[i]); ++i)
            value = value * 10 + (text[i] - '0');
        values << int(value);
    }
    return values;
}

QStringList CatalogRows::list(qsizetype row, const char *column) const
{
    QStringList texts;
    const std::optional<QByteArrayView> cell = m_page.cell(row, index(column));
    if (!cell)
        return texts;
    for (const auto &value : QJsonDocument::fromJson(cell->toByteArray()).array())
        texts << value.toString();
    return texts;
}

QList<std::pair<QString, QString>> CatalogRows::options(qsizetype row, const char *column) const
{
    QList<std::pair<QString, QString>> pairs;
    for (const QString &option : list(row, column)) {
        const QString name = option.section(u'=', 0, 0);
        if (name != QLatin1String("pg_attver")) // the server's own, which it takes from nobody
            pairs.emplaceBack(name, option.section(u'=', 1));
    }
    return pairs;
}

} // namespace load
