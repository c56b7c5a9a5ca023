// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "migrate/renames.h"
#include "schema/problem.h"
#include "tenant/tenantid.h"

#include <QCommandLineParser>
#include <QList>

namespace cli
{

/// Exit codes are a contract. Commands that look end with Found when they found something; commands
/// that do end with Done also when there was nothing to do.
enum Exit { Done = 0, Found = 1, NotDone = 2 };

struct Command {
    QString name;
    QString arguments; ///< <source> [--format …]: for the usage line
    QString summary;
    int (*run)(const base::Installation &installation, const QStringList &arguments);
};

const QList<Command> &commands();

int audit(const base::Installation &installation, const QStringList &arguments);
int check(const base::Installation &installation, const QStringList &arguments);
int exportRows(const base::Installation &installation, const QStringList &arguments);
int importRows(const base::Installation &installation, const QStringList &arguments);
int inspect(const base::Installation &installation, const QStringList &arguments);
int diff(const base::Installation &installation, const QStringList &arguments);
int generate(const base::Installation &installation, const QStringList &arguments);
int migrate(const base::Installation &installation, const QStringList &arguments);
int query(const base::Installation &installation, const QStringList &arguments);
int scope(const base::Installation &installation, const QStringList &arguments);
int status(const base::Installation &installation, const QStringList &arguments);
int sample(const base::Installation &installation, const QStringList &arguments);

/// Standard output and standard error; text is written as UTF-8, without translation of line ends.
void print(const QByteArray &text);
void print(const QString &text);
void printLine(const QString &line);
/// `sluice: <what> (<where>): <why>; <what to do>` on standard error; returns NotDone.
int fail(const base::Error &error);
void notice(const QString &text);
/// A line on standard error that goes on with what a notice began.
void printError(const QString &line);
/// A problem of a source, in the form of fail().
void notice(const schema::Problem &problem);
/// Prints \a problems, then refuses to compare \a source while parts of it are missing.
int failIncomplete(const QString &source, const QList<schema::Problem> &problems);
/// Progress goes to standard error and only to a terminal.
void progress(const QString &text);

/// A command's options and positional arguments, parsed; nothing when the command is over (help,
/// misuse).
class Arguments
{
public:
    Arguments(const QString &command, const QStringList &arguments);

    void positional(const QString &name, const QString &description);
    void option(const QString &name, const QString &description, const QString &valueName = {},
                const QString &fallback = {});

    /// Parses; on --help or misuse prints what is needed and returns the exit code.
    std::optional<int> finish(int positionals);

    QString value(const QString &name) const { return m_parser.value(name); }
    bool has(const QString &name) const { return m_parser.isSet(name); }
    QStringList values(const QString &name) const { return m_parser.values(name); }
    QString at(int index) const { return m_parser.positionalArguments().value(index); }

private:
    QString m_command;
    QStringList m_arguments;
    QCommandLineParser m_parser;
};

/// Whether a command has rows of all tenants when --unscoped asks for them.
enum class Unscoped { Never, OnDemand };
void declareTenant(Arguments &arguments);
/// Whose rows \a command is for, as they were named; nothing: those of all tenants. An error when
/// that is not said, or said twice.
base::Result<std::optional<tenant::TenantId>> tenantOf(const Arguments &arguments,
                                                       const QString &command, Unscoped unscoped);

/// What a person has typed, for an error: of an address only what kind it is, since there may be a
/// password in it.
QString typed(const QString &word);

/// --rename and --accept-drops: what the person says about renames.
void answerOptions(Arguments &arguments);
migrate::AnswerOptions answersOf(const Arguments &arguments);
/// That something was renamed by an answer from before.
QString rememberedText(const diff::RenameAnswer &answer);

/// One of \a allowed, or an error that lists them.
base::Result<QString> choice(const Arguments &arguments, const QString &option,
                             const QStringList &allowed);

} // namespace cli
