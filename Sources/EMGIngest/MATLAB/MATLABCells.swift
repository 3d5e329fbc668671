internal import PrintableText

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
