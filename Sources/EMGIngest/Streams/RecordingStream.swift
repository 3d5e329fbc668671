public import EMGSignal

/// A recording while it is read: what its source says before the samples, then the rows.
///
/// Memory holds a block, however long the recording. A stream is used by one thread.
public protocol RecordingStream: AnyObject {
    /// What the source says before its samples.
    var metadata: StreamMetadata { get }

    /// Appends the next rows to a block.
    ///
    /// - Parameters:
    ///   - block: Receives samples; one label a row when the metadata has classes or says that
    ///     labels come; one finite time a row when it says that time stamps come; the targets of a
    ///     row when it has some.
    ///   - atMost: How many rows to append, at least 1; fewer may come.
    /// - Returns: Whether there were any: `false` at the end.
    /// - Throws: ``IngestError`` with the place of the first fault. Nothing more is read then.
    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool

    /// What is known when everything was read; asked once, after the last row.
    func finish() throws(IngestError) -> StreamNotes
}
