// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/problems/problemsmodel.h"

#include <algorithm>

namespace studio
{

using schema::Problem;

namespace
{

QString placeText(const schema::SourceLocation &place)
{
    if (place.file.isEmpty() || place.line == 0)
        return place.file;
    return QStringLiteral("%1:%2").arg(place.file).arg(place.line);
}

/// Lines move while a file is edited; what is said of which file makes it the same problem.
bool same(const Problem &a, const Problem &b)
{
    return a.severity == b.severity && a.text == b.text && a.location.file == b.location.file;
}

bool identical(const Problem &a, const Problem &b)
{
    return same(a, b) && a.hint == b.hint && a.location.line == b.location.line &&
           a.location.column == b.location.column && a.importChain == b.importChain;
}

} // namespace

ProblemsModel::Row ProblemsModel::rowOf(const Problem &problem)
{
    Row row{problem, problem.importChain};
    if (!row.steps.isEmpty() && row.steps.constLast() == problem.location.file)
        row.steps.removeLast();
    std::ranges::reverse(row.steps);
    return row;
}

void ProblemsModel::setProblems(const QList<Problem> &problems)
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const bool kept = std::ranges::any_of(problems, [&](const Problem &problem) {
            return same(problem, m_rows[size_t(row)]->problem);
        });
        if (kept)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < int(problems.size()); ++row) {
        const Row wanted = rowOf(problems.at(row));
        const auto found =
            std::find_if(m_rows.begin() + row, m_rows.end(), [&wanted](const auto &held) {
                return same(held->problem, wanted.problem);
            });
        if (found == m_rows.end()) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, std::make_unique<Row>(wanted));
            endInsertRows();
            continue;
        }
        const int at = int(found - m_rows.begin());
        if (at != row) {
            beginMoveRows({}, at, at, {}, row);
            std::rotate(m_rows.begin() + row, found, found + 1);
            endMoveRows();
        }
        update(row, wanted);
    }
    // What is left stands behind its twin that was kept.
    while (int(m_rows.size()) > int(problems.size())) {
        const int last = int(m_rows.size()) - 1;
        beginRemoveRows({}, last, last);
        m_rows.pop_back();
        endRemoveRows();
    }
}

void ProblemsModel::update(int row, const Row &wanted)
{
    Row &held = *m_rows[size_t(row)];
    if (identical(held.problem, wanted.problem))
        return;
    setSteps(row, wanted.steps);
    held.problem = wanted.problem;
    Q_EMIT dataChanged(index(row, 0), index(row, 0));
}

void ProblemsModel::setSteps(int row, const QStringList &steps)
{
    Row &held = *m_rows[size_t(row)];
    if (held.steps == steps)
        return;
    if (!held.steps.isEmpty()) {
        beginRemoveRows(index(row, 0), 0, int(held.steps.size()) - 1);
        held.steps.clear();
        endRemoveRows();
    }
    if (!steps.isEmpty()) {
        beginInsertRows(index(row, 0), 0, int(steps.size()) - 1);
        held.steps = steps;
        endInsertRows();
    }
}

QModelIndex ProblemsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column,
                       parent.isValid() ? m_rows[size_t(parent.row())].get() : nullptr);
}

QModelIndex ProblemsModel::parent(const QModelIndex &index) const
{
    const auto *row = static_cast<const Row *>(index.constInternalPointer());
    if (!index.isValid() || !row)
        return {};
    const auto found = std::ranges::find(m_rows, row, [](const auto &held) { return held.get(); });
    return found == m_rows.end() ? QModelIndex() : createIndex(int(found - m_rows.begin()), 0);
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    const bool problem = !parent.constInternalPointer() && parent.column() == 0;
    return problem ? int(m_rows[size_t(parent.row())]->steps.size()) : 0;
}

int ProblemsModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const auto *row = static_cast<const Row *>(index.constInternalPointer()))
        return stepData(row->steps.at(index.row()), role);
    return problemData(*m_rows[size_t(index.row())], role);
}

QVariant ProblemsModel::problemData(const Row &row, int role) const
{
    const Problem &problem = row.problem;
    const bool error = problem.severity == Problem::Severity::Error;
    const auto lines = [&] {
        QStringList all{problem.text, problem.hint, placeText(problem.location)};
        for (const QString &file : row.steps)
            all << tr("imported by %1").arg(file);
        all.removeAll(QString());
        return all;
    };
    switch (role) {
    case Qt::DisplayRole:
        return problem.text;
    case Qt::ToolTipRole:
        return lines().join(QLatin1Char('\n'));
    case Qt::AccessibleTextRole:
        return (error ? tr("Error") : tr("Notice")) + QStringLiteral(": ") +
               lines().join(QStringLiteral(". "));
    case ErrorRole:
        return error;
    case HintRole:
        return problem.hint;
    case PlaceRole:
        return placeText(problem.location);
    case LocationRole:
        return QVariant::fromValue(problem.location);
    case StepRole:
        return false;
    case CopyRole: {
        const QString place = placeText(problem.location);
        QString line = problem.text;
        if (!place.isEmpty())
            line.prepend(place + QStringLiteral(": "));
        return problem.hint.isEmpty() ? line : line + QStringLiteral("; ") + problem.hint;
    }
    default:
        return {};
    }
}

QVariant ProblemsModel::stepData(const QString &file, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("imported by %1").arg(file);
    case LocationRole:
        return QVariant::fromValue(schema::SourceLocation{file, 0, 0});
    case StepRole:
        return true;
    case CopyRole:
        return file;
    default:
        return {};
    }
}

} // namespace studio
