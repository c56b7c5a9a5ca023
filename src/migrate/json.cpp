// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/json.h"

#include "migrate/jsonfault.h"
#include "migrate/text.h"

#include <QLocale>

#include <nlohmann/json.hpp>

namespace migrate
{

// lupdate takes base:: before a function's name for the context of its texts.
using base::Error;

namespace
{
void print(const Json &value, int depth, QByteArray &out);

template <typename PrintItem>
void printList(char open, char close, const Json &value, int depth, QByteArray &out,
               PrintItem printItem)
{
    out += open;
    bool first = true;
    for (auto it = value.begin(); it != value.end(); ++it) {
        out += first ? "\n" : ",\n";
        out += QByteArray((depth + 1) * 2, ' ');
        printItem(it);
        first = false;
    }
    if (!first)
        out += '\n' + QByteArray(depth * 2, ' ');
    out += close;
}

void print(const Json &value, int depth, QByteArray &out)
{
    if (value.is_object()) {
        printList('{', '}', value, depth, out, [&](const Json::const_iterator &it) {
            out += QByteArray::fromStdString(Json(it.key()).dump()) + ": ";
            print(it.value(), depth + 1, out);
        });
    } else if (value.is_array()) {
        printList('[', ']', value, depth, out,
                  [&](const Json::const_iterator &it) { print(*it, depth + 1, out); });
    } else if (value.is_number_float()) {
        out += javaScriptNumber(value.get<double>()).toLatin1();
    } else {
        out += QByteArray::fromStdString(value.dump());
    }
}

const Json *member(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto it = object.find(key);
    return it == object.end() ? nullptr : &*it;
}
} // namespace

QByteArray stringify(const Json &value)
{
    QByteArray out;
    print(value, 0, out);
    return out;
}

QString javaScriptNumber(double number)
{
    const QString shortest = QString::number(number, 'e', QLocale::FloatingPointShortest);
    const qsizetype mark = shortest.indexOf(u'e');
    if (mark < 0 || number == 0)
        return number == 0 ? QStringLiteral("0") : shortest;
    QString digits = shortest.left(mark);
    const QString sign = digits.startsWith(u'-') ? QStringLiteral("-") : QString();
    digits.remove(u'-').remove(u'.');
    const int exponent = shortest.mid(mark + 1).toInt();
    const qsizetype point = exponent + 1;
    if (point > 21 || point < -5) {
        const QString fraction = digits.size() > 1 ? u'.' + digits.mid(1) : QString();
        return sign + digits.left(1) + fraction + u'e' + (exponent < 0 ? u'-' : u'+') +
               QString::number(std::abs(exponent));
    }
    if (point <= 0)
        return sign + QStringLiteral("0.") + QString(-point, u'0') + digits;
    if (digits.size() <= point)
        return sign + digits + QString(point - digits.size(), u'0');
    return sign + digits.left(point) + u'.' + digits.mid(point);
}

Error notJson(const QString &path, const QByteArray &bytes, const QString &otherwise)
{
    base::Error error{.kind = base::ErrorKind::InvalidInput,
                      .text = Text::tr("The file is not valid JSON"),
                      .where = path,
                      .detail = otherwise};
    if (const std::optional<JsonFault> fault = faultIn(bytes)) {
        error.text = fault->text;
        error.where = QStringLiteral("%1:%2:%3").arg(path).arg(fault->line).arg(fault->column);
        error.detail.clear();
        error.hint = fault->hint;
    }
    return error;
}

base::Result<Json> readJson(const QString &path)
{
    const base::Result<QByteArray> text = readFile(path);
    return text ? parseJson(*text, path) : text.error();
}

base::Result<Json> parseJson(const QByteArray &text, const QString &path)
{
    try {
        return Json::parse(text.begin(), text.end());
    } catch (const Json::exception &error) { // also a number that no double holds
        return notJson(path, text, QString::fromUtf8(error.what()));
    }
}

QString textOf(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    return value && value->is_string() ? QString::fromStdString(value->get<std::string>())
                                       : QString();
}

bool flagOf(const Json &object, const char *key, bool otherwise)
{
    const Json *value = member(object, key);
    return value && value->is_boolean() ? value->get<bool>() : otherwise;
}

QStringList textsOf(const Json &object, const char *key)
{
    QStringList texts;
    const Json *value = member(object, key);
    if (!value || !value->is_array())
        return texts;
    for (const Json &entry : *value) {
        if (entry.is_string())
            texts << QString::fromStdString(entry.get<std::string>());
    }
    return texts;
}

const Json &objectMember(const Json &object, const char *key)
{
    static const Json none;
    const Json *value = member(object, key);
    return value ? *value : none;
}

const Json &objectOf(const Json &object, const char *key)
{
    static const Json empty = Json::object();
    const Json *value = member(object, key);
    return value && value->is_object() ? *value : empty;
}

Json toJson(const QString &text)
{
    return Json(text.toStdString());
}

Json toJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(toJson(text));
    return list;
}

} // namespace migrate
