internal import EMGSignal
internal import HDF5

/// Where the rows of a recording in an HDF5 file come from. Used by one thread.
protocol HDF5Rows: AnyObject {
    /// How many there are.
    var count: Int { get }

    /// Appends rows.
    ///
    /// - Parameters:
    ///   - rows: Within ``count``.
    ///   - block: Receives samples, and times when the rows have them.
    ///   - samples: Turns numbers into samples.
    /// - Throws: ``HDF5Error`` for damaged values.
    func append(
        _ rows: Range<Int>, to block: inout RowBlock, through samples: inout SampleConversion
    ) throws(HDF5Error)
}
