// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "schema/problem.h"

#include <QByteArray>
#include <QHash>

#include <concepts>
#include <type_traits>

namespace schema
{

template <typename T, typename Value>
concept Like = std::same_as<std::remove_const_t<T>, Value>;

/// Packs values into bytes that only the same version of Sluice reads again, for its own cache: a
/// text that comes up again is a number. What a struct consists of says its parts(), which both
/// ways share.
class Writer
{
public:
    template <typename... Values> void operator()(const Values &...values) { (put(values), ...); }

    /// Behind a checksum of it.
    QByteArray finish() const;

private:
    void number(quint64 value);
    void put(const QString &text);
    void put(const QByteArray &bytes);
    void put(bool value) { number(value); }
    void put(int value) { put(qint64(value)); }
    void put(qint64 value) { number((quint64(value) << 1) ^ quint64(value >> 63)); }
    void put(quint64 value) { number(value); }
    template <typename T>
    requires std::is_enum_v<T>
    void put(T value) { number(quint64(value)); }
    template <typename T> void put(const QList<T> &list)
    {
        number(quint64(list.size()));
        for (const T &item : list)
            put(item);
    }
    template <typename T> void put(const std::optional<T> &value)
    {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template <typename A, typename B> void put(const std::pair<A, B> &pair)
    {
        (*this)(pair.first, pair.second);
    }
    template <typename K, typename V> void put(const QHash<K, V> &hash)
    {
        number(quint64(hash.size()));
        for (auto it = hash.cbegin(); it != hash.cend(); ++it)
            (*this)(it.key(), it.value());
    }
    template <typename T>
    requires std::is_class_v<T>
    void put(const T &value) { parts(*this, value); }

    QByteArray m_bytes;
    QHash<QString, quint64> m_texts;
};

/// Reads what Writer packed, in the same order. Bytes that it did not make end in isGood() being
/// false, and values that are empty.
class Reader
{
public:
    explicit Reader(const QByteArray &packed);

    template <typename... Values> void operator()(Values &...values) { (take(values), ...); }
    bool isGood() const { return m_isGood; }
    bool isAtEnd() const { return m_at == m_end; }

private:
    quint64 number();
    qsizetype count(); ///< of things that take a byte each at least
    void take(QString &text);
    void take(QByteArray &bytes);
    void take(bool &value) { value = number() != 0; }
    void take(int &value) { value = int(signedNumber()); }
    void take(qint64 &value) { value = signedNumber(); }
    void take(quint64 &value) { value = number(); }
    qint64 signedNumber()
    {
        const quint64 value = number();
        return qint64(value >> 1) ^ -qint64(value & 1);
    }
    template <typename T>
    requires std::is_enum_v<T>
    void take(T &value) { value = T(number()); }
    template <typename T> void take(QList<T> &list)
    {
        list.resize(count());
        for (T &item : list)
            take(item);
    }
    template <typename T> void take(std::optional<T> &value)
    {
        value.reset();
        if (number() != 0)
            take(value.emplace());
    }
    template <typename A, typename B> void take(std::pair<A, B> &pair)
    {
        (*this)(pair.first, pair.second);
    }
    template <typename K, typename V> void take(QHash<K, V> &hash)
    {
        const qsizetype size = count();
        hash.reserve(size);
        for (qsizetype i = 0; i < size; ++i) {
            K key;
            take(key);
            take(hash[key]);
        }
    }
    template <typename T>
    requires std::is_class_v<T>
    void take(T &value) { parts(*this, value); }

    QByteArray m_packed;
    const char *m_at = nullptr;
    const char *m_end = nullptr;
    QStringList m_texts;
    bool m_isGood = false;
};

} // namespace schema
