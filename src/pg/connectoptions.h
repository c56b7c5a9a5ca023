// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/settings.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace pg
{

/// What libpq connects by, after it has read environment, service file and defaults itself.
struct ConnectOptions {
    /// Keyword and value; of a keyword that comes twice, the later one counts. Holds the password.
    std::vector<std::pair<QByteArray, QByteArray>> given;
    Target target;
    QString sslMode;

    /// Hands keywords and values to \a call as libpq's ...Params functions take them.
    template <typename Call> auto with(Call call) const
    {
        std::vector<const char *> keywords, values;
        for (const auto &[keyword, value] : given) {
            keywords.push_back(keyword.constData());
            values.push_back(value.constData());
        }
        keywords.push_back(nullptr);
        values.push_back(nullptr);
        constexpr int expandText = 1;
        return call(keywords.data(), values.data(), expandText);
    }
};

/// With the \a tunnelPort of this machine that leads to the server, when there is one.
base::Result<ConnectOptions> connectOptions(const Settings &settings, int tunnelPort = 0);

} // namespace pg
