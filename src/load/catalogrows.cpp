// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogrows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace load
{

CatalogRows::CatalogRows(rows::Page page)
    : m_page(std::move(page))
{
    for (qsizetype i = 0; i < m_page.columns().size(); ++i)
        m_columns.insert(m_page.columns().at(i).name, i);
}

qsizetype CatalogRows::index(const char *column) const
{
    const auto found = m_columns.constFind(QLatin1String(column));
    Q_ASSERT_X(found != m_columns.cend(), "CatalogRows", column);
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
    return text(row, column).toLongLong();
}

QStringList CatalogRows::list(qsizetype row, const char *column) const
{
    QStringList texts;
    for (const auto &value : QJsonDocument::fromJson(text(row, column).toUtf8()).array())
        texts << value.toString();
    return texts;
}

QList<std::pair<QString, QString>> CatalogRows::options(qsizetype row, const char *column) const
{
    QList<std::pair<QString, QString>> pairs;
    for (const QString &option : list(row, column))
        pairs.emplaceBack(option.section(u'=', 0, 0), option.section(u'=', 1));
    return pairs;
}

} // namespace load
