internal import HDF5
import PrintableText

/// The members of records by name.
struct HDF5Members {
    private let records: OpenRecords
    private let source: HDF5Source

    init(_ records: OpenRecords, in source: HDF5Source) {
        self.records = records
        self.source = source
    }

    /// Their names.
    var names: [String] { records.members.map(\.name) }

    /// A member whose values are numbers.
    ///
    /// - Throws: ``IngestError`` when there is none of that name, with those that there are.
    func numeric(_ name: String) throws(IngestError) -> RecordMember {
        guard let member = records.members.first(where: { $0.name == name }) else {
            throw IngestError(
                .missingColumn(name: name, found: names),
                at: source.location(records.place.object),
                hint: "the file was cut down, or is of another version of its format")
        }
        guard member.isNumeric, member.count > 0 else {
            throw IngestError(
                .inconsistent(expected: "numbers", found: "\(member.type)"),
                at: source.location(records.place.object, field: name))
        }
        return member
    }

    /// A member of one number.
    func single(_ name: String) throws(IngestError) -> RecordMember {
        let member = try numeric(name)
        guard member.count == 1 else {
            throw IngestError(
                .inconsistent(expected: "one number", found: "\(member.count)"),
                at: source.location(records.place.object, field: name))
        }
        return member
    }

    /// The names of a member's channels.
    static func channelNames(_ member: RecordMember) -> [String] {
        member.shape.isEmpty ? [member.name] : (0..<member.count).map { "\(member.name)\($0)" }
    }
}
