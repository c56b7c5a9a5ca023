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
    QString text = QCoreApplication::translate("load", found->text);
    // All at once: an argument that looks like %2 stays as it is.
    return arguments.size() >= 2   ? text.arg(arguments.at(0), arguments.at(1))
           : arguments.size() == 1 ? text.arg(arguments.at(0))
                                   : text;
}

QString hintFor(const QString &code)
{
    const Sentence *found = find(code);
    return found && *found->hint ? QCoreApplication::translate("load", found->hint) : QString();
}

} // namespace load
