public import Foundation

/// The right to go past permissions, which root has and tests of unreadable places must not.
public enum Privilege {
    /// Gives it up for the rest of this process; for exit tests.
    public static func drop() {
        // 65534 is nobody.
        if geteuid() == 0 { seteuid(65_534) }
    }

    /// Lets everyone use what is in a folder, and no one list it.
    public static func hideNames(in folder: URL) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o311], ofItemAtPath: folder.path(percentEncoded: false))
    }

    /// Lets everyone list a folder again, so that it can be removed.
    public static func showNames(in folder: URL) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path(percentEncoded: false))
    }
}
