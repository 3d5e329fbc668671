/// What a reader does about chunks of a dataset that were never written: the program that wrote
/// it was cut short.
package enum UnwrittenPolicy: Sendable, Hashable {
    /// They are an error.
    case refused
    /// They read as the dataset's fill value; ``DatasetDescription/unwritten`` says which they
    /// are, so that the reader can warn.
    case filled
}
