// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/alteration.h"

#include "migrate/columntype.h"
#include "migrate/hazards.h"
#include "migrate/statements.h"
#include "sql/identifier.h"

namespace migrate
{

namespace
{
class Alteration
{
public:
    Alteration(const diff::AlterColumn &change, const schema::Database &from,
               const schema::Database &to)
        : m_change(change)
        , m_before(change.before)
        , m_after(change.after)
        , m_wasEnum(isEnum(change.before, from))
        , m_isEnum(isEnum(change.after, to))
    {
    }

    QList<AlterationStatement> statements()
    {
        if (m_before.type != m_after.type || m_before.typeSchema != m_after.typeSchema)
            changeType();
        if (m_before.defaultValue != m_after.defaultValue && !m_defaultDone) {
            if (m_after.defaultValue)
                setDefault({});
            else
                dropDefault();
        }
        if (m_before.notNull != m_after.notNull)
            add(m_after.notNull ? QStringLiteral("SET NOT NULL") : QStringLiteral("DROP NOT NULL"),
                m_after.notNull ? hazards::setNotNull() : hazards::dropNotNull());
        return m_statements;
    }

private:
    void add(const QString &action, const QList<Hazard> &hazards)
    {
        m_statements << AlterationStatement{alterColumn(m_change.table, m_after.name, action),
                                            hazards};
    }
    void setDefault(const QString &cast)
    {
        add(QStringLiteral("SET DEFAULT ") + defaultSql(*m_after.defaultValue) + cast,
            hazards::changeDefault());
        m_defaultDone = true;
    }
    void dropDefault()
    {
        add(QStringLiteral("DROP DEFAULT"), hazards::changeDefault());
        m_defaultDone = !m_after.defaultValue;
    }
    void setType(const QString &usingCast)
    {
        QString action = QStringLiteral("SET DATA TYPE ") + alterationType(m_after);
        if (!usingCast.isEmpty())
            action += QStringLiteral(" USING ") + sql::identifier(m_after.name) + usingCast;
        add(action, hazards::changeType(m_before, m_after, m_wasEnum || m_isEnum));
    }

    void changeType()
    {
        if (m_isEnum)
            changeToEnum();
        else
            changeToPlain();
    }

    void changeToPlain()
    {
        const bool cast = needsCast();
        const QString type = QStringLiteral("::") + alterationType(m_after);
        const bool dropFirst = cast && m_before.defaultValue;
        if (dropFirst)
            dropDefault();
        setType(!cast ? QString() : m_wasEnum ? QStringLiteral("::text") + type : type);
        // drizzle-kit repeats every default but 0, false and the empty text.
        if (m_after.defaultValue && (dropFirst || isTruthy(*m_after.defaultValue)))
            setDefault({});
    }

    void changeToEnum()
    {
        const QString type = QStringLiteral("::") + alterationType(m_after);
        const QString direct = isTextual(m_before.type) ? type : QStringLiteral("::text") + type;
        if (m_wasEnum) {
            const bool hasDefault = m_before.defaultValue || m_after.defaultValue;
            if (hasDefault)
                dropDefault();
            setType(QStringLiteral("::text") + type);
            if (m_after.defaultValue)
                setDefault({});
        } else {
            if (m_after.defaultValue && isTextual(m_before.type))
                setDefault(type);
            else if (m_before.defaultValue)
                dropDefault();
            setType(direct);
            if (m_after.defaultValue && !m_defaultDone)
                setDefault({});
        }
    }

    bool needsCast() const
    {
        return m_wasEnum ? !isTextual(m_after.type) : needsUsing(m_before.type, m_after.type);
    }

    static bool isTruthy(const schema::Default &value)
    {
        switch (value.form) {
        case schema::Default::Form::Number:
            return value.text.toDouble() != 0;
        case schema::Default::Form::Boolean:
            return value.text == QLatin1String("true");
        case schema::Default::Form::Json:
            return value.text != QLatin1String("null");
        case schema::Default::Form::Sql:
            break;
        }
        return !value.text.isEmpty();
    }

    const diff::AlterColumn &m_change;
    const schema::Column &m_before;
    const schema::Column &m_after;
    const bool m_wasEnum;
    const bool m_isEnum;
    bool m_defaultDone = false;
    QList<AlterationStatement> m_statements;
};
} // namespace

QList<AlterationStatement> alteration(const diff::AlterColumn &change, const schema::Database &from,
                                      const schema::Database &to)
{
    return Alteration(change, from, to).statements();
}

} // namespace migrate
