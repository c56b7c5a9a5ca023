// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/sums.h"

#include <gmpxx.h>

#include <algorithm>
#include <string>

namespace rows
{

namespace
{
constexpr int Places = 16;
constexpr int MostDigits = 100'000; ///< numeric's own bound is near it; 1e400000000 is none

mpz_class tenTo(int exponent)
{
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, static_cast<unsigned long>(exponent));
    return power;
}

/// digits × 10^-scale
struct Decimal {
    mpz_class digits;
    int scale = 0;

    mpz_class at(int wanted) const { return digits * tenTo(wanted - scale); }
};

bool isLess(const Decimal &a, const Decimal &b)
{
    const int scale = std::max(a.scale, b.scale);
    return a.at(scale) < b.at(scale);
}

/// Nothing for NaN, Infinity and money.
std::optional<Decimal> decimalOf(QByteArrayView bytes)
{
    std::string digits;
    int scale = 0, exponent = 0;
    bool hasPoint = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes.at(i);
        if (c >= '0' && c <= '9') {
            digits += c;
            scale += hasPoint ? 1 : 0;
        } else if (c == '-' && i == 0) {
            digits += c;
        } else if (c == '.' && !hasPoint) {
            hasPoint = true;
        } else if (c == 'e') {
            bool isNumber = false;
            exponent = bytes.sliced(i + 1).toByteArray().toInt(&isNumber);
            if (!isNumber)
                return std::nullopt;
            break;
        } else {
            return std::nullopt;
        }
    }
    scale -= exponent;
    if (digits.empty() || digits == "-" || std::abs(scale) > MostDigits)
        return std::nullopt;
    Decimal value{mpz_class(digits), std::max(scale, 0)};
    if (scale < 0)
        value.digits *= tenTo(-scale);
    return value;
}

QByteArray textOf(const Decimal &value)
{
    const mpz_class size = abs(value.digits);
    QByteArray text = QByteArray::fromStdString(size.get_str());
    if (value.scale > 0) {
        text = text.rightJustified(value.scale + 1, '0');
        text.insert(text.size() - value.scale, '.');
    }
    return (value.digits < 0 ? "-" : "") + text;
}

/// Rounded half away from zero; zeros at the end beyond the values' own places are left out.
QByteArray averageOf(const Decimal &sum, qint64 count)
{
    const int scale = std::max(sum.scale, Places);
    const mpz_class counted(static_cast<long>(count));
    const mpz_class twice = 2 * abs(sum.at(scale)) + counted;
    const mpz_class divisor = 2 * counted;
    const mpz_class size = twice / divisor;
    QByteArray text = textOf({sum.digits < 0 ? mpz_class(-size) : size, scale});
    qsizetype places = scale;
    while (places > sum.scale && text.endsWith('0')) {
        text.chop(1);
        --places;
    }
    if (text.endsWith('.'))
        text.chop(1);
    return text;
}

void sumNumbers(const QList<TypedCell> &cells, Sums &sums)
{
    Decimal sum, least, most;
    for (const TypedCell &cell : cells) {
        if (!cell.bytes)
            continue;
        const std::optional<Decimal> value = decimalOf(*cell.bytes);
        if (!value)
            return;
        const int scale = std::max(sum.scale, value->scale);
        sum = {sum.at(scale) + value->at(scale), scale};
        if (sums.numbers == 0 || isLess(*value, least)) {
            least = *value;
            sums.least = cell.bytes->toByteArray();
        }
        if (sums.numbers == 0 || isLess(most, *value)) {
            most = *value;
            sums.most = cell.bytes->toByteArray();
        }
        ++sums.numbers;
    }
    if (sums.numbers == 0)
        return;
    sums.sum = textOf(sum);
    sums.average = averageOf(sum, sums.numbers);
}

/// As they are written, dates and times of one type are in order, but for those before Christ.
void compareTimes(const QList<TypedCell> &cells, Sums &sums)
{
    for (const TypedCell &cell : cells) {
        if (!cell.bytes)
            continue;
        const QByteArray text = cell.bytes->toByteArray();
        if (text.isEmpty() || text.front() < '0' || text.front() > '9' || text.endsWith(" BC")) {
            sums.least = sums.most = QByteArray();
            return;
        }
        if (sums.least.isEmpty() || text < sums.least)
            sums.least = text;
        if (sums.most.isEmpty() || sums.most < text)
            sums.most = text;
    }
}
} // namespace

Sums sumsOf(const QList<TypedCell> &cells)
{
    Sums sums{.cells = cells.size()};
    sums.nulls = std::ranges::count_if(cells, [](const TypedCell &cell) { return !cell.bytes; });
    const auto all = [&](TypeClass type) {
        return std::ranges::all_of(cells,
                                   [type](const TypedCell &cell) { return cell.type == type; });
    };
    if (all(TypeClass::Number)) {
        Sums counted = sums;
        sumNumbers(cells, counted);
        const bool isWhole = counted.numbers + counted.nulls == counted.cells;
        return isWhole ? counted : sums;
    }
    if (all(TypeClass::Time))
        compareTimes(cells, sums);
    return sums;
}

} // namespace rows
