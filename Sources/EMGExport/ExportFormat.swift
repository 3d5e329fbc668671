/// The formats that recordings leave in.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    /// EDF+ in a BIDS data set, 16 bits a sample.
    case edf
    /// BDF+ in a BIDS data set, 24 bits a sample.
    case bdf
    /// The ROAM laboratory's comma-separated tables.
    case csv
}
