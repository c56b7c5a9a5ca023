// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/columnstatistics.h"

#include "query/statistics.h"
#include "studio/widgets/colors.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{
/// Counts as bars side by side.
class Histogram final : public QWidget
{
public:
    Histogram(const QList<qint64> &counts, QWidget *parent)
        : QWidget(parent)
        , m_counts(counts)
    {
        setObjectName(QStringLiteral("histogram"));
        setFixedHeight(72);
        setAccessibleName(ColumnStatistics::tr("Histogram"));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Colors &c = colors(palette());
        QPainter painter(this);
        const qint64 most = std::max<qint64>(1, *std::ranges::max_element(m_counts));
        const double step = double(width()) / double(m_counts.size());
        for (qsizetype i = 0; i < m_counts.size(); ++i) {
            if (m_counts.at(i) == 0)
                continue;
            // One row among millions is still one.
            const int high =
                std::max(2, int(double(height() - 2) * double(m_counts.at(i)) / double(most)));
            const int left = int(double(i) * step);
            painter.fillRect(left, height() - 1 - high, int(double(i + 1) * step) - left - 1, high,
                             c.accent);
        }
        painter.setPen(c.line);
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }

private:
    const QList<qint64> m_counts;
};

/// A value, how often it is there, and a bar below the text.
class Frequent final : public QWidget
{
public:
    Frequent(const QString &value, qint64 count, double part, QWidget *parent)
        : QWidget(parent)
        , m_value(value)
        , m_count(grouped(count))
        , m_part(part)
    {
        setFixedHeight(20);
        setAccessibleName(QStringLiteral("%1: %2").arg(value, m_count));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Colors &c = colors(palette());
        QPainter painter(this);
        painter.fillRect(QRect(0, 2, std::max(2, int(double(width()) * m_part)), height() - 4),
                         c.accentSoft);
        const QRect inner = rect().adjusted(6, 0, -6, 0);
        painter.setPen(c.dim);
        painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, m_count);
        const int room = inner.width() - fontMetrics().horizontalAdvance(m_count) - 10;
        painter.setPen(c.text);
        painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(m_value, Qt::ElideRight, room));
    }

private:
    const QString m_value;
    const QString m_count;
    const double m_part;
};

QString share(qint64 part, qint64 all)
{
    const double percent = all > 0 ? 100.0 * double(part) / double(all) : 0;
    return QStringLiteral("%1 (%2 %)").arg(grouped(part), QLocale().toString(percent, 'f', 1));
}
} // namespace

ColumnStatistics::ColumnStatistics(const RowsColumn &column, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_column(column)
    , m_state(new QLabel(tr("Reading all rows… Esc stops it"), this))
    , m_facts(new QGridLayout)
{
    setObjectName(QStringLiteral("columnStatistics"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("popup", true);
    setAccessibleName(tr("Statistics of %1").arg(column.name));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(12, 10, 12, 12);
    all->setSpacing(8);
    all->addWidget(
        new QLabel(QStringLiteral("<b>%1</b>&nbsp; %2")
                       .arg(column.name.toHtmlEscaped(), column.typeText.toHtmlEscaped()),
                   this));
    m_state->setObjectName(QStringLiteral("statisticsState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setProperty("tone", QStringLiteral("dim"));
    all->addWidget(m_state);
    m_facts->setHorizontalSpacing(16);
    m_facts->setVerticalSpacing(3);
    m_facts->setColumnStretch(1, 1);
    all->addLayout(m_facts);
    setFixedWidth(340);
}

void ColumnStatistics::wait(const QFuture<base::Result<rows::Page>> &answer)
{
    base::receive(this, answer, [this](const base::Result<rows::Page> &lines) {
        if (lines) {
            take(*lines);
        } else {
            m_state->setText(base::toLine(lines.error()));
            setStyleProperty(m_state, "tone", QStringLiteral("removed"));
        }
        arrange();
    });
}

void ColumnStatistics::addFact(const QString &name, const QString &value, const char *objectName)
{
    auto *title = new QLabel(name, this);
    title->setProperty("tone", QStringLiteral("dim"));
    auto *text = new QLabel(this);
    text->setObjectName(QLatin1String(objectName));
    text->setTextFormat(Qt::PlainText);
    text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    text->setText(text->fontMetrics().elidedText(value, Qt::ElideRight, 220));
    text->setToolTip(value.toHtmlEscaped());
    const int row = m_facts->rowCount();
    m_facts->addWidget(title, row, 0);
    m_facts->addWidget(text, row, 1);
}

void ColumnStatistics::take(const rows::Page &lines)
{
    m_state->hide();
    qint64 rows = 0, filled = 0, distinct = 0;
    QList<std::pair<QString, qint64>> frequent;
    QList<qint64> bins(query::histogramBins, 0);
    bool hasBins = false;
    QStringList edges;
    for (qsizetype i = 0; i < lines.rowCount(); ++i) {
        const QString what = lines.text(i, 0);
        const QString value = lines.text(i, 1);
        const qint64 count = lines.text(i, 2).toLongLong();
        if (what == QLatin1String("rows")) {
            rows = count;
        } else if (what == QLatin1String("filled")) {
            filled = count;
        } else if (what == QLatin1String("distinct")) {
            distinct = count;
        } else if (what == QLatin1String("frequent")) {
            frequent << std::pair(value, count);
        } else if (what == QLatin1String("bin")) {
            bins[std::clamp<qsizetype>(value.toLongLong() - 1, 0, bins.size() - 1)] += count;
            hasBins = true;
        } else {
            edges << cellText(value.toUtf8(), m_column);
        }
    }
    addFact(tr("Rows"), grouped(rows), "statisticsRows");
    addFact(QStringLiteral("NULL"), share(rows - filled, rows), "statisticsNulls");
    addFact(tr("Distinct"), grouped(distinct), "statisticsDistinct");
    if (edges.size() == 2) {
        addFact(tr("Least"), edges.first(), "statisticsLeast");
        addFact(tr("Greatest"), edges.last(), "statisticsMost");
    }
    // Few values say more by name.
    if (hasBins && distinct > query::frequentValues) {
        layout()->addWidget(new Histogram(bins, this));
        return;
    }
    const qint64 most = frequent.isEmpty() ? 1 : std::max<qint64>(1, frequent.first().second);
    // All values once: a list of some of them says nothing.
    if (most == 1 && distinct > query::frequentValues)
        return;
    for (const auto &[value, count] : frequent) {
        auto *bar = new Frequent(cellText(value.toUtf8(), m_column), count,
                                 double(count) / double(most), this);
        bar->setObjectName(QStringLiteral("frequentValue"));
        layout()->addWidget(bar);
    }
}

void ColumnStatistics::arrange()
{
    adjustSize();
    if (const QScreen *screen = this->screen()) {
        const QRect area = screen->availableGeometry();
        move(std::clamp(x(), area.left(), std::max(area.left(), area.right() - width())),
             std::clamp(y(), area.top(), std::max(area.top(), area.bottom() - height())));
    }
}

void ColumnStatistics::openAt(QPoint place)
{
    move(place);
    arrange();
    show();
    setFocus();
}

} // namespace studio
