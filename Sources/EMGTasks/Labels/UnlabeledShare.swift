package import EMGArchive
internal import EMGSignal

/// What of a recording is in no window because nobody labeled it.
package typealias UnlabeledShare = CollectionManifest.Unlabeled

extension WindowLayout {
    /// What is in no window because nobody labeled it.
    ///
    /// - Parameters:
    ///   - unlabeled: The samples that nobody labeled, in order and apart from each other.
    ///   - ranges: What could be windowed if they were labeled, in order and apart.
    /// - Returns: The samples of `unlabeled` within `ranges`, and how many of the windows that
    ///   would lie in `ranges` hold at least one of them.
    func share(of unlabeled: [SampleRange], in ranges: [SampleRange]) -> UnlabeledShare {
        let concerned = ranges.intersection(unlabeled)
        var share = UnlabeledShare(samples: concerned.reduce(0) { $0 + $1.count }, windows: 0)
        var next = 0
        for range in ranges where range.count >= length {
            for start in Swift.stride(
                from: range.start, through: range.end - length, by: stride)
            {
                while next < concerned.count, concerned[next].end <= start { next += 1 }
                guard next < concerned.count else { return share }
                if concerned[next].start < start + length { share.windows += 1 }
            }
        }
        return share
    }
}
