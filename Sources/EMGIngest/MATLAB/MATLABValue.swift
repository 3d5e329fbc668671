internal import PrintableText

/// A small value in a field of a struct.
enum MATLABValue: Sendable, Hashable {
    /// A text without blanks around it.
    case text(String)
    /// A single number.
    case number(Double)
    /// An empty array, or no such field.
    case empty
    /// Anything else.
    case other

    /// A text, or a number as one would write it; `nil` for anything else.
    var name: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case .empty, .other: nil
        }
    }

    /// A number, also one that is written as a text; `nil` for anything else.
    var number: Double? {
        switch self {
        case .text(let text): Double(text)
        case .number(let number): number
        case .empty, .other: nil
        }
    }
}

extension MATLABVariable {
    /// The most structs of an array, and the largest value that is looked at.
    static let mostStructs = 200_000
    private static let mostValueBytes = 8_192

    /// Some fields of each struct of an array, in one go from front to back.
    ///
    /// - Parameter wanted: The names of the fields.
    /// - Returns: For each struct as many values; `nil` when this is no array of structs.
    /// - Throws: ``IngestError`` when its parts do not lie within this variable.
    func structs(_ wanted: [String]) throws(IngestError) -> [[MATLABValue]]? {
        guard content == .fields else { return nil }
        guard count > 0 else { return [] }
        var bytes = start
        let names = try fieldNames(&bytes)
        // Each field has a tag at least.
        let (least, isBeyond) = (8 * names.count).multipliedReportingOverflow(by: count)
        guard !isBeyond, least <= end - bytes.position, count <= Self.mostStructs else {
            throw IngestError(
                .inconsistent(
                    expected: "at most \(Self.mostStructs) structs that go into "
                        + "\(end - bytes.position, of: "byte")", found: "\(count)"),
                at: location, hint: "the file is damaged; make or copy it again")
        }
        let places = names.map { wanted.firstIndex(of: $0) }
        var structs: [[MATLABValue]] = []
        for _ in 0..<count {
            var values = [MATLABValue](repeating: .empty, count: wanted.count)
            for place in places {
                let element = try matrix(&bytes, "a field")
                guard let place, element.byteCount <= Self.mostValueBytes else {
                    try bytes.skip(element.byteCount)
                    if let place { values[place] = .other }
                    continue
                }
                let content = try bytes.read(element.byteCount)
                values[place] = try MATLABVariable(
                    MATLABBytes(content, location: location), byteCount: content.count,
                    isBigEndian: isBigEndian
                ).value()
            }
            structs.append(values)
        }
        return structs
    }

    /// What a small variable holds.
    private func value() throws(IngestError) -> MATLABValue {
        guard count > 0 else { return .empty }
        switch content {
        case .characters:
            if let units = try wideCharacters() {
                return .text(String(decoding: units, as: UTF16.self).trimmingBlanks())
            }
            var (kind, bytes) = try numbers()
            let codes = try bytes.read(count * kind.byteCount)
            guard kind.byteCount > 1 else {
                return .text(ForeignText.decode(codes).trimmingBlanks())
            }
            let units = kind.unpack(codes, isBigEndian: isBigEndian)
            return .text(
                String(decoding: units.map { UInt16(truncatingIfNeeded: Int($0)) }, as: UTF16.self)
                    .trimmingBlanks())
        case .numbers where count == 1 && !isComplex:
            var (kind, bytes) = try numbers()
            return .number(
                kind.unpack(try bytes.read(kind.byteCount), isBigEndian: isBigEndian)[0])
        default: return .other
        }
    }
}
