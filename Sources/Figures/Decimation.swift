/// Thins out long lines so that they look the same: of the points in one column of the drawing,
/// the first, the lowest, the highest and the last stay.
package enum Decimation {
    /// Which points to draw.
    ///
    /// - Parameters:
    ///   - columns: The column of each point, for points in ascending order; points of one column
    ///     are neighbors.
    ///   - y: The values, all finite.
    /// - Returns: Indices in ascending order, at most four a column. The first, the last, the
    ///   lowest and the highest point are among them.
    package static func kept(columns: (Int) -> Int, y: Span<Double>) -> [Int] {
        var result: [Int] = []
        var start = 0
        while start < y.count {
            let column = columns(start)
            var (lowest, highest, end) = (start, start, start + 1)
            while end < y.count, columns(end) == column {
                if y[end] < y[lowest] { lowest = end }
                if y[end] > y[highest] { highest = end }
                end += 1
            }
            var last = -1
            for index in [start, min(lowest, highest), max(lowest, highest), end - 1]
            where index != last {
                result.append(index)
                last = index
            }
            start = end
        }
        return result
    }
}
