internal import Foundation
internal import HDF5

/// The identity that a file's attributes tell; where they do not, its place does.
enum HDF5Identity {
    /// The identity of a source.
    ///
    /// - Parameters:
    ///   - told: What the file says. Characters that cannot stand in a path become dashes.
    ///   - override: What the caller says; it counts more.
    ///   - url: The place; it fills in the rest.
    /// - Returns: The identity.
    /// - Throws: ``IngestError`` when a part cannot be used as a name.
    static func make(
        _ told: IdentityOverride, override: IdentityOverride, of url: URL
    ) throws(IngestError) -> SourceIdentity {
        try SourceIdentity(of: url, override: merged(told, override: override))
    }

    /// What the caller says, else what the file says.
    static func merged(
        _ told: IdentityOverride, override: IdentityOverride
    ) -> IdentityOverride {
        IdentityOverride(
            patient: override.patient ?? usable(told.patient),
            session: override.session ?? usable(told.session),
            condition: override.condition ?? usable(told.condition),
            run: override.run ?? usable(told.run))
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
