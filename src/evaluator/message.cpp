// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/message.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace evaluator
{

namespace
{

constexpr std::size_t maximumBytes = std::size_t(256) << 20;

bool readNumber(const char *text, std::size_t &number)
{
    const char *end = text + std::strlen(text);
    const auto [stop, error] = std::from_chars(text, end, number);
    return error == std::errc() && stop == end && number > 0 && number < 1'000'000;
}

std::optional<Script> readScript(const std::string &path)
{
    Script script{readFile(path), readFile(path + 'c')};
    return script.source.empty() ? std::nullopt : std::optional(std::move(script));
}

} // namespace

std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

std::optional<Work> readWork(int count, char **arguments)
{
    Work work;
    std::size_t seconds = 0;
    if (count < 5 || !readNumber(arguments[1], work.limits.heapMiB) ||
        !readNumber(arguments[2], work.limits.dataMiB) || !readNumber(arguments[3], seconds))
        return std::nullopt;
    work.limits.cpuSeconds = unsigned(seconds);
    auto prelude = readScript(arguments[4]);
    if (!prelude)
        return std::nullopt;
    work.prelude = std::move(*prelude);
    for (int i = 5; i < count; ++i) {
        const std::string argument = arguments[i];
        const std::size_t equals = argument.find('=');
        auto part =
            equals == std::string::npos ? std::nullopt : readScript(argument.substr(equals + 1));
        if (!part)
            return std::nullopt;
        work.parts[argument.substr(0, equals)] = std::move(*part);
    }
    return work;
}

std::optional<std::string> Lines::next()
{
    std::string buffer(1 << 16, '\0');
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = m_waiting.find('\n', searched);
        if (end != std::string::npos || m_atEnd) {
            std::string line = m_waiting.substr(0, end);
            m_waiting.erase(0, end == std::string::npos ? end : end + 1);
            return line;
        }
        searched = m_waiting.size();
        const ssize_t count = read(m_descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 || m_bytes + std::size_t(count) > maximumBytes)
            return std::nullopt;
        m_atEnd = count == 0;
        m_bytes += std::size_t(count);
        m_waiting.append(buffer, 0, std::size_t(count));
    }
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
