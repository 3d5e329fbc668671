package import Documents

extension FieldFormat<ClosedRange<Int>> {
    /// A whole number, or `[least, most]` of which one is drawn.
    ///
    /// - Parameter bounds: What numbers may be.
    /// - Returns: The format.
    package static func count(in bounds: ClosedRange<Int>) -> FieldFormat {
        let number = FieldFormat<Int>.integer(in: bounds)
        return FieldFormat(
            schema: { kinds in
                .either([
                    number.schema(kinds),
                    .list(of: number.schema(kinds), count: 2...2, isUnique: false),
                ])
            },
            read: { cursor throws(DocumentError) in
                guard case .array = cursor.value.content else {
                    let count = try number.read(cursor)
                    return count...count
                }
                let ends = try cursor.array()
                guard ends.count == 2 else {
                    throw cursor.error(expected: "a whole number or [least, most]")
                }
                let (least, most) = (try number.read(ends[0]), try number.read(ends[1]))
                guard least <= most else {
                    throw cursor.error(
                        expected: "the least and the most, in this order",
                        found: "\(least) and \(most)")
                }
                return least...most
            },
            write: { range in
                range.lowerBound == range.upperBound
                    ? .integer(range.lowerBound)
                    : .integers([range.lowerBound, range.upperBound])
            })
    }
}
