internal import PrintableText

/// Texts that are read in order, one a sample.
protocol MATLABTexts: AnyObject {
    /// How many there are.
    var sampleCount: Int { get }

    /// The next texts, without the blanks round them.
    ///
    /// - Parameter count: How many; not more than are left.
    /// - Returns: `count` texts; empty where there is none.
    /// - Throws: ``IngestError`` when they cannot be read.
    func next(_ count: Int) throws(IngestError) -> [String]
}

/// The labels of a MATLAB file.
enum MATLABLabels {
    /// A number for each sample.
    case numbers(any MATLABMatrix)
    /// A text for each sample.
    case texts(any MATLABTexts)

    /// How many samples have one.
    var sampleCount: Int {
        switch self {
        case .numbers(let matrix): matrix.sampleCount
        case .texts(let texts): texts.sampleCount
        }
    }
}

/// The rows of a matrix of characters, which are filled up with blanks.
final class MATLABCharacterRows: MATLABTexts {
    private let matrix: any MATLABMatrix
    private let areBytes: Bool
    private let location: SourceLocation
    private var position = 0

    var sampleCount: Int { matrix.sampleCount }

    /// - Parameters:
    ///   - matrix: The codes of the characters, a text in each row.
    ///   - areBytes: Whether codes are bytes of UTF-8 or of a code page, not units of UTF-16.
    ///   - location: The variable.
    /// - Throws: ``IngestError`` when rows are longer than labels are.
    init(
        _ matrix: any MATLABMatrix, areBytes: Bool, at location: SourceLocation
    ) throws(IngestError) {
        guard matrix.width <= MATLABText.longest else {
            throw MATLABText.tooLong(matrix.width, at: location)
        }
        self.matrix = matrix
        self.areBytes = areBytes
        self.location = location
    }

    func next(_ count: Int) throws(IngestError) -> [String] {
        let codes = try matrix.next(count)
        var texts: [String] = []
        texts.reserveCapacity(count)
        for row in 0..<count {
            let own = codes[row * matrix.width..<(row + 1) * matrix.width]
            texts.append(
                try MATLABText.decode(
                    own, areBytes: areBytes, at: MATLABText.place(location, row: position + row)))
        }
        position += count
        return texts
    }
}

/// Characters in memory, column by column, of which each row is a text.
final class MATLABUnits: MATLABMatrix {
    let sampleCount: Int
    let width: Int
    private let units: [UInt16]
    private var position = 0

    /// - Parameters:
    ///   - units: Whole columns.
    ///   - rows: How many units a column has, above 0.
    init(_ units: [UInt16], rows: Int) {
        precondition(rows > 0 && units.count.isMultiple(of: rows), "columns are whole")
        self.units = units
        sampleCount = rows
        width = units.count / rows
    }

    func next(_ count: Int) -> [Double] {
        var codes: [Double] = []
        codes.reserveCapacity(count * width)
        for row in position..<position + count {
            for column in 0..<width { codes.append(Double(units[column * sampleCount + row])) }
        }
        position += count
        return codes
    }
}

/// The texts of a cell array of a file of level 5, which are read one by one.
final class MATLABCells: MATLABTexts {
    let sampleCount: Int

    private var bytes: MATLABBytes
    private let end: Int
    private let isBigEndian: Bool
    private let location: SourceLocation
    private var position = 0
    private var last: (content: [UInt8], text: String) = ([], "")

    /// The header of an array and the longest label in any encoding take less.
    private static let mostBytes = 8_192
    private static let leastBytes = 8

    /// - Parameter variable: An array of cells.
    /// - Throws: ``IngestError`` when it has more than one row and column, or cannot have so many.
    init(_ variable: MATLABVariable) throws(IngestError) {
        guard variable.shape.count == 2, variable.shape.contains(1) else {
            throw IngestError(
                .inconsistent(
                    expected: "one text for each sample",
                    found: "cells of "
                        + variable.shape.map(String.init).joined(separator: " × ")),
                at: variable.location,
                hint: "a template names a variable with one label for each sample")
        }
        let (needed, isBeyond) = variable.count.multipliedReportingOverflow(by: Self.leastBytes)
        guard !isBeyond, needed <= variable.end - variable.start.position else {
            throw IngestError(
                .inconsistent(
                    expected: "\(variable.count, of: "cell")",
                    found: "\(variable.end - variable.start.position, of: "byte")"),
                at: variable.location, hint: "the file is damaged; make or copy it again")
        }
        sampleCount = variable.count
        bytes = variable.start
        end = variable.end
        isBigEndian = variable.isBigEndian
        location = variable.location
    }

    func next(_ count: Int) throws(IngestError) -> [String] {
        var texts: [String] = []
        texts.reserveCapacity(count)
        for _ in 0..<count {
            texts.append(try next())
            position += 1
        }
        if position == sampleCount { try bytes.finish() }
        return texts
    }

    private func next() throws(IngestError) -> String {
        let place = MATLABText.place(location, row: position)
        let element = try MATLABElement.read(&bytes, isBigEndian: isBigEndian)
        guard element.kind == MATLABElement.matrix, element.byteCount <= end - bytes.position
        else {
            throw IngestError(
                .malformed(
                    expected: "a cell inside its variable",
                    found: "\(element.byteCount, of: "byte") of kind \(element.kind)"),
                at: place, hint: "the file is damaged; make or copy it again")
        }
        guard element.byteCount <= Self.mostBytes else {
            throw MATLABText.noText("\(element.byteCount, of: "byte")", at: place)
        }
        let content = try bytes.read(element.byteCount)
        // Labels repeat themselves.
        if content == last.content, !content.isEmpty { return last.text }
        let cell = try MATLABVariable(
            MATLABBytes(content, location: place), byteCount: content.count,
            isBigEndian: isBigEndian)
        last = (content, try Self.text(of: cell, at: place))
        return last.text
    }

    private static func text(
        of cell: MATLABVariable, at place: SourceLocation
    ) throws(IngestError) -> String {
        // An empty cell holds an empty array of numbers.
        if cell.count == 0, cell.content == .numbers || cell.content == .characters { return "" }
        guard cell.content == .characters, cell.shape.count == 2, cell.shape[0] == 1 else {
            throw MATLABText.noText(
                cell.content == .numbers ? "numbers" : "another array", at: place)
        }
        guard cell.count <= MATLABText.longest else {
            throw MATLABText.tooLong(cell.count, at: place)
        }
        if let units = try cell.wideCharacters() {
            return try MATLABText.decode(units.map(Double.init)[...], areBytes: false, at: place)
        }
        var (kind, bytes) = try cell.numbers()
        let codes = kind.unpack(
            try bytes.read(cell.count * kind.byteCount), isBigEndian: cell.isBigEndian)
        return try MATLABText.decode(codes[...], areBytes: kind.byteCount == 1, at: place)
    }
}

/// A text that is a label.
private enum MATLABText {
    /// How many characters a label has at most.
    static let longest = 200

    /// The text of codes, without what fills it up.
    static func decode(
        _ codes: ArraySlice<Double>, areBytes: Bool, at place: SourceLocation
    ) throws(IngestError) -> String {
        let units = codes.map { UInt16(exactly: $0) ?? 0xFFFF }
        let text =
            areBytes
            ? ForeignText.decode(units.map { UInt8(truncatingIfNeeded: $0) })
            : String(validating: units, as: UTF16.self)
        guard let text else {
            throw noText("what is no UTF-16", at: place)
        }
        return String(text.prefix { $0 != "\0" }).trimmingBlanks()
    }

    static func place(_ location: SourceLocation, row: Int) -> SourceLocation {
        // MATLAB counts from 1.
        SourceLocation(file: location.file, field: "(\(row + 1), 1)", object: location.object)
    }

    static func tooLong(_ count: Int, at place: SourceLocation) -> IngestError {
        IngestError(
            .invalidCell(
                expected: "a label of at most \(longest) characters", found: "\(count)"),
            at: place, hint: "a template names the variable that holds the labels")
    }

    static func noText(_ found: String, at place: SourceLocation) -> IngestError {
        IngestError(
            .invalidCell(expected: "a text as label", found: found), at: place,
            hint: "a template names a variable with a number or a text for each sample "
                + "(matlab: {label: NAME})")
    }
}
