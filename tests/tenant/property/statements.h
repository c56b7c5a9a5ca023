// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/world.h"

namespace property
{

/// A statement by chance, and what may be said about its result.
struct Statement {
    QString text;
    QString form;           ///< for counting
    bool isOrdered = false; ///< by everything it shows
    bool isCompared = true; ///< a plan is not
    bool isRefused = false; ///< has something in it that must be refused
};

/// Writes reading statements over a world's tables.
class StatementWriter
{
public:
    StatementWriter(const World &world, Random &random)
        : m_world(world)
        , m_random(random)
    {
    }

    Statement next();

private:
    /// A source of rows in FROM: how it is called and what columns it has.
    struct Source {
        QString alias;
        QList<Column> columns;
    };
    /// A name of WITH.
    struct With {
        QString name;
        QList<Column> columns;
    };
    struct Query {
        QString text;
        QList<Column> columns;
    };

    Query query(int depth, const QList<Source> &outer);
    Query grouped(int depth, const QList<Source> &outer);
    Query joined(const Query &left, int depth);
    Query recursive();
    QString source(int depth, QList<Source> &sources, const QList<Source> &outer);
    QString from(int depth, QList<Source> &sources, const QList<Source> &outer);
    QString tableName(const Table &table);
    QString condition(int depth, const QList<Source> &sources, const QList<Source> &outer);
    QString simple(const QList<Source> &sources);
    QString expression(Type type, const QList<Source> &sources);
    QString columnOf(Type type, const QList<Source> &sources);
    QString constant(Type type);
    Query matching(const QList<Column> &wanted);
    Statement refused();
    Statement ordered(const Query &query);
    QString dressed(const QString &text);
    QString alias();
    QString blank();

    const World &m_world;
    Random &m_random;
    QList<With> m_with;
    QStringList m_withTexts;
    int m_aliases = 0;
    QString m_form;
};

} // namespace property
