internal import Foundation
internal import PrintableText

/// A file of level 5 (MATLAB 5 to 7.2, `save -v6` and `-v7`): 128 bytes of header, then elements,
/// each one variable.
///
/// Sizes and extents are checked against the file and each other before anything is allocated by
/// their word; a zlib stream gives at most 1032 bytes for one.
final class MATLAB5File: MATLABFile {
    private let file: PositionedFile
    private let isBigEndian: Bool
    /// Where the element of each variable begins.
    private var places: [String: Int] = [:]
    private(set) var names: [String] = []

    /// A deflate stream gives at most 258 bytes for two bits.
    private static let largestExpansion = 1_032
    private static let headerBytes = 128
    private static let mostElements = 10_000
    /// Nothing recorded is compressed better; what is larger than the second and is, is made to
    /// keep a reader busy.
    private static let plausibleExpansion = 250
    private static let smallBytes = 64 << 20

    /// Looks at the headers of all variables.
    init(_ file: PositionedFile) throws(IngestError) {
        self.file = file
        let header = try file.bytes(at: 0, count: min(Self.headerBytes, file.byteCount))
        guard let order = MATLABSignature.level5(header) else {
            throw IngestError(
                .wrongFormat(expected: "a MATLAB file of level 5", found: "another header"),
                at: SourceLocation(file: file.name))
        }
        isBigEndian = order == .bigEndian
        var position = Self.headerBytes
        var elementCount = 0
        while position < file.byteCount {
            guard elementCount < Self.mostElements else {
                throw IngestError(
                    .unsupported(feature: "a file of more than \(Self.mostElements) variables"),
                    at: SourceLocation(file: file.name, byte: position))
            }
            elementCount += 1
            let (element, bytes) = try element(at: position)
            if let name = try variable(element, bytes)?.name, !name.isEmpty, places[name] == nil {
                places[name] = position
                names.append(name)
            }
            position = bytes.position + element.byteCount
            // Only elements that are not compressed fill up the last eight bytes.
            if element.kind != MATLABElement.compressed {
                position = min(file.byteCount, position + element.padding)
            }
        }
    }

    private func element(
        at position: Int
    ) throws(IngestError) -> (element: MATLABElement, bytes: MATLABBytes) {
        let place = SourceLocation(file: file.name, byte: position)
        guard file.byteCount - position >= 8 else {
            throw IngestError(
                .malformed(
                    expected: "an element or the end of the file",
                    found: "\(file.byteCount - position, of: "byte")"), at: place,
                hint: "the file was cut; copy it again")
        }
        var bytes = MATLABBytes(file, at: position)
        let element = try MATLABElement.read(&bytes, isBigEndian: isBigEndian)
        let left = file.byteCount - bytes.position
        guard element.byteCount <= left else {
            throw IngestError(
                .inconsistent(
                    expected: "an element within the \(left, of: "byte") that are left",
                    found: "\(element.byteCount, of: "byte")"), at: place,
                hint: "the file was cut or is damaged; make or copy it again")
        }
        return (element, bytes)
    }

    private func variable(
        _ element: MATLABElement, _ bytes: MATLABBytes
    ) throws(IngestError) -> MATLABVariable? {
        switch element.kind {
        case MATLABElement.matrix:
            return try MATLABVariable(
                bytes, byteCount: element.byteCount, isBigEndian: isBigEndian)
        case MATLABElement.compressed:
            let place = SourceLocation(file: file.name, byte: bytes.position)
            let inflater = try Inflater(
                file, bytes.position..<bytes.position + element.byteCount)
            var inside = MATLABBytes(inflater, location: place)
            let matrix = try MATLABElement.read(&inside, isBigEndian: isBigEndian)
            guard matrix.kind == MATLABElement.matrix else { return nil }
            guard matrix.byteCount <= element.byteCount * Self.largestExpansion else {
                throw IngestError(
                    .inconsistent(
                        expected:
                            "at most \(element.byteCount * Self.largestExpansion, of: "byte") in "
                            + "\(element.byteCount, of: "compressed one")",
                        found: "\(matrix.byteCount)"), at: place,
                    hint: "the file is damaged or made to exhaust memory")
            }
            return try MATLABVariable(
                inside, byteCount: matrix.byteCount, isBigEndian: isBigEndian)
        default:
            return nil
        }
    }

    private func variable(_ path: String) throws(IngestError) -> MATLABVariable? {
        var steps = MATLABPath(path).steps[...]
        guard let first = steps.popFirst(), let place = places[first.name] else { return nil }
        let (element, bytes) = try element(at: place)
        guard var variable = try variable(element, bytes) else { return nil }
        let size = variable.end - variable.start.position
        guard
            element.kind != MATLABElement.compressed
                || size <= max(Self.smallBytes, element.byteCount * Self.plausibleExpansion)
        else {
            throw IngestError(
                .inconsistent(
                    expected: "a recording, which is not compressed to less than 1 byte in "
                        + "\(Self.plausibleExpansion)",
                    found: "\(size, of: "byte") in \(element.byteCount)"),
                at: SourceLocation(file: file.name, byte: place, object: first.name),
                hint: "if it is one, load it in MATLAB and save it with save -v6")
        }
        var step = first
        while true {
            if let cell = step.cell {
                guard let content = try variable.cell(cell) else { return nil }
                variable = content
            }
            guard let next = steps.popFirst() else { break }
            guard variable.content != .fields || variable.count == 1 || step.element != nil else {
                throw IngestError(
                    .unsupported(
                        feature: "an array of \(Self.text(variable.shape)) structs in place of one"),
                    at: SourceLocation(file: file.name, object: path),
                    hint: "name one of them in the template: \(step.name)(1).\(next.name)")
            }
            guard let field = try variable.field(next.name, of: step.element ?? 1) else {
                return nil
            }
            (variable, step) = (field, next)
        }
        return variable
    }

    func shape(of path: String) throws(IngestError) -> [Int]? {
        guard let variable = try variable(path) else { return nil }
        guard variable.content == .numbers, !variable.isComplex else {
            let shape = Self.text(variable.shape)
            let (found, hint) =
                switch variable.content {
                case .numbers: ("complex numbers", "a template names another (matlab: {emg: NAME})")
                case .characters: ("a text", "a template names another (matlab: {emg: NAME})")
                case .fields:
                    ("a struct", "name a field in a template (matlab: {emg: \(path).NAME})")
                case .cells:
                    (
                        "a cell array of \(shape)",
                        "a template names the cell with the numbers (matlab: {emg: \"\(path){1}\"})"
                    )
                case .other(let words): (words, "a template names another (matlab: {emg: NAME})")
                }
            throw IngestError(
                .unsupported(feature: "\(found) in place of real numbers"),
                at: SourceLocation(
                    file: file.name, byte: variable.start.location.byte, object: path),
                hint: hint)
        }
        return variable.shape
    }

    private static func text(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: " × ")
    }

    func text(_ path: String) throws(IngestError) -> String? {
        guard let variable = try variable(path), variable.content == .characters,
            (1...1_000).contains(variable.count)
        else { return nil }
        var (kind, bytes) = try variable.numbers()
        let content = try bytes.read(variable.count * kind.byteCount)
        // Codes of one byte are UTF-8, or a code page of Windows.
        guard kind.byteCount > 1 else { return ForeignText.decode(content) }
        let units = kind.unpack(content, isBigEndian: isBigEndian)
        return String(
            validating: units.map { UInt16(truncatingIfNeeded: Int($0)) }, as: UTF16.self)
    }

    func structs(_ path: String, _ fields: [String]) throws(IngestError) -> [[MATLABValue]]? {
        try variable(path)?.structs(fields)
    }

    func texts(_ path: String) throws(IngestError) -> (any MATLABTexts)? {
        guard let variable = try variable(path), variable.count > 0 else { return nil }
        switch variable.content {
        case .characters where variable.shape.count == 2:
            if let units = try variable.wideCharacters() {
                return try MATLABCharacterRows(
                    MATLABUnits(units, rows: variable.shape[0]), areBytes: false,
                    at: variable.location)
            }
            return try MATLABCharacterRows(
                MATLAB5Matrix(variable, samplesAreColumns: false),
                areBytes: variable.numbers().kind.byteCount == 1, at: variable.location)
        case .cells: return try MATLABCells(variable)
        default: return nil
        }
    }

    func matrix(
        _ path: String, samplesAreColumns: Bool
    ) throws(IngestError) -> any MATLABMatrix {
        guard let variable = try variable(path) else {
            throw IngestError(
                .missingColumn(name: path, found: names), at: SourceLocation(file: file.name))
        }
        return try MATLAB5Matrix(variable, samplesAreColumns: samplesAreColumns)
    }
}
