// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/evaluate.h"

#include <QSet>

namespace load
{

/// The request that resources/evaluator/main.js describes, for all of \a bundle.
QByteArray requestOf(const Bundle &bundle, const Evaluation &evaluation);

/// A request that is sent while its bundle is still being made: the first files run while the
/// others are transformed.
class EarlyRequest
{
public:
    /// With Sluice's own libraries: as soon as \a isCertain doubts that, nothing more is sent
    /// early.
    EarlyRequest(StartedProcess &evaluator, const Evaluation &evaluation,
                 std::function<bool(const Bundle &)> isCertain);

    /// Sends what of \a bundle has not been sent, as long as it is certain.
    void send(const Bundle &bundle);

    bool isBegun() const { return m_isBegun; }

    /// The last part, with all that is left of \a bundle and the libraries of \a evaluation.
    QByteArray rest(const Bundle &bundle, const Evaluation &evaluation) const;

private:
    StartedProcess &m_evaluator;
    const Evaluation &m_evaluation;
    std::function<bool(const Bundle &)> m_isCertain;
    bool m_isBegun = false;
    bool m_isHeld = false; ///< the rest waits until all is known
    QSet<QString> m_sent;
    QByteArray m_helpers;
};

} // namespace load
