/// Windows of one class that follow each other: what was held once, as far as windows tell.
package enum WindowRuns {
    /// Divides windows.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each window, in the order of time.
    ///   - labels: The class of each window.
    ///   - reach: How far a window begins at most behind the one before that it follows, in samples.
    /// - Returns: The places of the windows of each run.
    package static func ranges(starts: [Int], labels: [UInt8], reach: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var first = 0
        for index in labels.indices {
            if index + 1 == labels.count || labels[index + 1] != labels[index]
                || starts[index + 1] - starts[index] > reach
                || starts[index + 1] < starts[index]
            {
                runs.append(first..<index + 1)
                first = index + 1
            }
        }
        return runs
    }
}
