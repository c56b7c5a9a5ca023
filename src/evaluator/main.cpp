// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxed process that evaluates a project's TypeScript. Sluice starts it; nobody does by
// hand.
#include "evaluator/engine.h"
#include "evaluator/message.h"
#include "evaluator/sandbox.h"

#include <cstdio>
#include <unistd.h>

int main()
{
    if (isatty(STDIN_FILENO)) {
        std::fputs("sluice-evaluator is started by Sluice and reads its work from standard input\n",
                   stderr);
        return 2;
    }
    const auto message = evaluator::readMessage(STDIN_FILENO);
    if (!message) {
        std::fputs("sluice-evaluator: the message on standard input is malformed\n", stderr);
        return 2;
    }
    if (!evaluator::applyLimits(message->limits)) {
        std::fputs("sluice-evaluator: the kernel refused the limits\n", stderr);
        return 3;
    }
    const std::string answer = evaluator::evaluate(*message);
    const bool written = evaluator::writeAll(STDOUT_FILENO, answer);
    // The engine is not torn down: the process ends, and what it held with it.
    _exit(written ? 0 : 1);
}
