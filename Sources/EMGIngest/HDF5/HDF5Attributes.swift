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
