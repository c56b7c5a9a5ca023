// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/server.h"

#include "base/receive.h"

#include <QCoreApplication>

#include <cstdio>

/// sluice_test_server start|stop: CTest's fixture around the tests that need a server.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QString command = application.arguments().value(1);
    auto lease = base::await(testsupport::testCluster().acquire());
    if (!lease) {
        std::fprintf(stderr, "%s\n", qPrintable(base::toLine(lease.error())));
        return 1;
    }
    if (command == QLatin1String("start"))
        (*lease)->keepRunning();
    else
        (*lease)->stopWithLastLease();
    return 0;
}
