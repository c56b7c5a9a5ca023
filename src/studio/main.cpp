// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "base/language.h"
#include "session/project.h"
#include "session/sample.h"
#include "studio/connect/preferences.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/shell/sampleopener.h"
#include "studio/widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>

#include <cstdio>

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio)
};

struct Options {
    QString project;
    QString url;
    std::optional<studio::Mode> theme;
    bool sample = false;
};

/// The command line, or nothing after having said what is wrong with it.
std::optional<Options> optionsOf(const QApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Studio for PostgreSQL projects with a Drizzle schema"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption project(QStringLiteral("project"),
                                     Text::tr("Open the project in this folder."),
                                     Text::tr("folder"));
    const QCommandLineOption url(QStringLiteral("url"),
                                 Text::tr("Use this database instead of the config's."),
                                 Text::tr("url"));
    const QCommandLineOption theme(QStringLiteral("theme"), Text::tr("Colours: light or dark."),
                                   Text::tr("name"));
    const QCommandLineOption sample(QStringLiteral("sample"), Text::tr("Open the sample project."));
    parser.addOptions({project, url, theme, sample});
    parser.process(application);

    Options options{.project = parser.value(project),
                    .url = parser.value(url),
                    .theme = {},
                    .sample = parser.isSet(sample) || !parser.isSet(project)};
    const QString name = parser.value(theme);
    if (name == QLatin1String("light"))
        options.theme = studio::Mode::Light;
    else if (name == QLatin1String("dark"))
        options.theme = studio::Mode::Dark;
    else if (parser.isSet(theme)) {
        std::fprintf(stderr, "%s\n",
                     qPrintable(Text::tr("--theme is light or dark, not \"%1\"").arg(name)));
        return {};
    }
    if (options.sample && parser.isSet(url)) {
        std::fprintf(
            stderr, "%s\n",
            qPrintable(Text::tr("--url goes with --project; the sample has its own server")));
        return {};
    }
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sluice-studio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sluice"));
    QApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("dev.sluice.Studio"));

    const base::Installation installation =
        base::installationOf(QApplication::applicationDirPath());
    base::installTranslations(application, installation.translations());

    const std::optional<Options> options = optionsOf(application);
    if (!options)
        return 2;

    studio::Preferences preferences(
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
        QStringLiteral("/sluice/workspace.sqlite"));
    studio::Theme theme(application);
    theme.setMode(options->theme.value_or(preferences.theme()));
    session::Project project(installation);
    project.requireTenant();
    studio::MainWindow window(project, theme, preferences, studio::pagesOf(project, preferences));
    studio::SampleOpener sample(session::Sample(installation), project, window);
    QObject::connect(&window, &studio::MainWindow::sampleWanted, &sample,
                     &studio::SampleOpener::open);

    window.show();
    if (preferences.problem())
        window.showError(*preferences.problem());
    if (options->sample) {
        sample.open();
    } else {
        window.openFolder(options->project);
        if (!options->url.isEmpty())
            project.setUrl(options->url);
    }
    return QApplication::exec();
}
