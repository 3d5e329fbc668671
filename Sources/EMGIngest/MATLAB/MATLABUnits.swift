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
