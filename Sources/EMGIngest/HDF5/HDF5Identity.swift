internal import Foundation
internal import HDF5

/// The identity that a file's attributes tell; where they do not, its place does.
enum HDF5Identity {
    /// The identity of a source.
    ///
    /// - Parameters:
    ///   - stated: What the file says. Characters that cannot stand in a path become dashes.
    ///   - override: What the caller says; it counts more.
    ///   - url: The place; it fills in the rest.
    /// - Returns: The identity.
    /// - Throws: ``IngestError`` when a part cannot be used as a name.
    static func make(
        _ stated: IdentityOverride, override: IdentityOverride, of url: URL
    ) throws(IngestError) -> SourceIdentity {
        try SourceIdentity(of: url, override: merged(stated, override: override))
    }

    /// What the caller says, else what the file says.
    static func merged(
        _ stated: IdentityOverride, override: IdentityOverride
    ) -> IdentityOverride {
        IdentityOverride(
            patient: override.patient ?? usable(stated.patient),
            session: override.session ?? usable(stated.session),
            condition: override.condition ?? usable(stated.condition),
            run: override.run ?? usable(stated.run))
    }

    private static func usable(_ name: String?) -> String? {
        guard let name else { return nil }
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let category = scalar.properties.generalCategory
            let isUsable =
                !"/\\:".unicodeScalars.contains(scalar) && category != .control
                && category != .format
            result.append(isUsable ? scalar : "-")
        }
        while result.first == "." || result.first == " " { result.removeFirst() }
        while String(result).utf8.count > 100 { result.removeLast(max(1, result.count - 100)) }
        return result.isEmpty ? nil : String(result)
    }
}
