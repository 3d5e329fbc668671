/// The sizes that the recording of a closed-form head depends on.
package struct HeadShape: Sendable, Hashable {
    /// Rows of the support.
    package let support: Int
    /// Rows of the query that are worked on at once.
    package let query: Int
    /// Classes that the support shows.
    package let shown: Int

    /// The sizes of a query alone, whose support is no longer needed.
    init(query: Int) { (support, self.query, shown) = (0, query, 0) }

    init(_ counts: SupportCounts, query: Int) {
        support = counts.labels.count
        self.query = query
        shown = counts.shown.count
    }
}
