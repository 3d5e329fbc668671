internal import Foundation
internal import HDF5

/// Reads attributes that a recording can do without: what is odd about them becomes a warning.
struct HDF5Attributes {
    let source: HDF5Source
    /// What was odd.
    private(set) var warnings: [IngestWarning] = []

    init(_ source: HDF5Source) {
        self.source = source
    }

    /// An attribute; `nil` when there is none or it cannot be read.
    mutating func value(_ name: String, of object: String) -> ForeignAttribute? {
        do throws(IngestError) {
            return try source.attempt { (file) throws(HDF5Error) in
                try file.attribute(name, of: object)
            }
        } catch {
            warnings.append(
                IngestWarning(
                    .headerFault, at: source.location(object, field: name),
                    message: "the attribute cannot be used: \(error.fault)"))
            return nil
        }
    }

    /// An attribute of one text, or a whole number as one; `nil` for anything else or nothing.
    mutating func text(_ name: String, of object: String) -> String? {
        switch value(name, of: object) {
        case .texts(let texts) where texts.count == 1: texts.first.flatMap { $0.isEmpty ? nil : $0 }
        case .numbers(let numbers) where numbers.count == 1:
            numbers.first.flatMap { Int64(exactly: $0) }.map { String($0) }
        default: nil
        }
    }

    /// An attribute of one finite number; `nil` for anything else or nothing.
    mutating func number(_ name: String, of object: String) -> Double? {
        guard case .numbers(let numbers)? = value(name, of: object), numbers.count == 1,
            let number = numbers.first, number.isFinite
        else { return nil }
        return number
    }
}

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
