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
