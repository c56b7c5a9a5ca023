// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/message.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
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
    const Script script{mapFile(path), mapFile(path + 'c')};
    return script.source.empty() ? std::nullopt : std::optional(script);
}

} // namespace

std::string_view mapFile(const std::string &path)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    struct stat found {
    };
    const std::size_t size =
        fstat(file, &found) == 0 && S_ISREG(found.st_mode) ? std::size_t(found.st_size) : 0;
    void *bytes = size > 0 ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    close(file);
    return bytes == MAP_FAILED ? std::string_view()
                               : std::string_view(static_cast<const char *>(bytes), size);
}

std::optional<Work> readWork(int count, char **arguments)
{
    Work work;
    std::size_t seconds = 0;
    if (count < 5 || !readNumber(arguments[1], work.limits.heapMiB) ||
        !readNumber(arguments[2], work.limits.dataMiB) || !readNumber(arguments[3], seconds))
        return std::nullopt;
    work.limits.cpuSeconds = unsigned(seconds);
    const std::string file = arguments[4];
    const auto prelude = readScript(file);
    if (!prelude)
        return std::nullopt;
    work.prelude = *prelude;
    work.builtIns = mapFile(file.substr(0, file.rfind('/') + 1) + "builtins.bin");
    for (int i = 5; i < count; ++i) {
        const std::string argument = arguments[i];
        const std::size_t equals = argument.find('=');
        const auto part =
            equals == std::string::npos ? std::nullopt : readScript(argument.substr(equals + 1));
        if (!part)
            return std::nullopt;
        work.parts[argument.substr(0, equals)] = *part;
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
