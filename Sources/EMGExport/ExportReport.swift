/// What came of an export: one item for each recording, in the order of the archive.
public struct ExportReport: Sendable, Hashable {
    /// One item for each recording, in the order of the archive.
    public let items: [ExportItem]

    /// Creates a report of these items.
    package init(items: [ExportItem]) {
        self.items = items
    }

    /// How many recordings could not be written.
    public var refusedCount: Int {
        items.count { item in
            if case .refused = item.outcome { true } else { false }
        }
    }
}
