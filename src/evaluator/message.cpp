// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/message.h"

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace evaluator
{

namespace
{

constexpr std::size_t maximumBytes = std::size_t(256) << 20;

std::optional<std::string> readAll(int descriptor)
{
    std::string text;
    std::string buffer(1 << 16, '\0');
    for (;;) {
        const ssize_t count = read(descriptor, buffer.data(), buffer.size());
        if (count == 0)
            return text;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 || text.size() + std::size_t(count) > maximumBytes)
            return std::nullopt;
        text.append(buffer, 0, std::size_t(count));
    }
}

} // namespace

std::optional<Message> readMessage(int descriptor)
{
    const std::optional<std::string> text = readAll(descriptor);
    if (!text)
        return std::nullopt;
    const std::size_t lineEnd = text->find('\n');
    if (lineEnd == std::string::npos)
        return std::nullopt;
    std::size_t preludeSize = 0, requestSize = 0;
    Message message;
    Limits &limits = message.limits;
    const int fields = std::sscanf(
        text->substr(0, lineEnd).c_str(), "sluice-evaluator 1 %zu %zu %zu %zu %u", &preludeSize,
        &requestSize, &limits.heapMiB, &limits.dataMiB, &limits.cpuSeconds);
    if (fields != 5 || preludeSize > maximumBytes || requestSize > maximumBytes ||
        text->size() != lineEnd + 1 + preludeSize + requestSize)
        return std::nullopt;
    message.prelude = text->substr(lineEnd + 1, preludeSize);
    message.request = text->substr(lineEnd + 1 + preludeSize);
    return message;
}

bool writeAll(int descriptor, const std::string &text)
{
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = write(descriptor, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        written += std::size_t(count);
    }
    return true;
}

std::string jsonString(const std::string &text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned char>(c));
            result += escape;
        } else {
            result += c;
        }
    }
    return result + '"';
}

} // namespace evaluator
