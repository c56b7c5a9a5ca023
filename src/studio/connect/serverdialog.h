// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/connecting.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <mutex>
#include <optional>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
QT_END_NAMESPACE

namespace Ui
{
class ServerDialog;
}

namespace studio
{

class Keychain;

/// Where a connection is kept. The password is never anywhere else.
enum class Keep {
    Session,        ///< nowhere: it is gone with the window
    Keychain,       ///< the address with the window's settings, the password in the keychain
    EnvironmentFile ///< all of it in the project's `.env`
};

/// What the dialog starts with.
struct ServerDialogState {
    session::ServerAddress address; ///< may hold a password
    Keep keep = Keep::Session;
    bool isOwn = true;       ///< it is the project's own address
    QString environmentFile; ///< empty: writing one would change nothing
};

/// Asks for a database: as an address or field by field, which say the same; tries it when asked
/// and says at which step that failed. The password is only in its masked field.
class ServerDialog final : public QDialog
{
    Q_OBJECT

public:
    ServerDialog(const ServerDialogState &state, Keychain &keychain, QWidget *parent = nullptr);
    ~ServerDialog() override;

Q_SIGNALS:
    /// With the password: never to be shown or logged.
    void chosen(const session::ServerAddress &address, studio::Keep keep);
    void ownWanted(); ///< back to the project's own address

private:
    struct Field {
        QLineEdit *edit;
        QString keyword;
    };
    /// What the thread that tries has come to, and the window reads.
    struct Progress {
        std::mutex mutex;
        std::optional<session::Diagnosis> now;
    };

    void setUpFields();
    void setUpKeeping(const ServerDialogState &state);
    void askAuthority();
    void takeApart(const QString &text, bool isTyped);
    void hideSecrets();
    void setPart(const QString &keyword, const QString &value);
    void showParts();
    void showSummary();
    void showKeeping();
    void changed();
    session::ServerAddress address() const;
    bool isUsable();
    void test();
    void stopTesting();
    void showProgress();
    void makeRoom();
    void accept() override;

    std::unique_ptr<Ui::ServerDialog> m_ui;
    QList<Field> m_fields;
    session::Parts m_parts;      ///< without the password
    qsizetype m_addressSize = 0; ///< before the last key
    QString m_systemIdentifier;
    std::optional<base::Error> m_noKeychain; ///< why the keychain cannot be used
    bool m_isKeychainKnown = false;
    QFutureWatcherBase *m_testing = nullptr;
    std::shared_ptr<Progress> m_progress;
    QElapsedTimer m_clock;
    QTimer m_tick;
};

} // namespace studio
