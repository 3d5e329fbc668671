import HDF5

/// Writes the values of a target track row by row.
final class TargetWriter {
    private var writer: DatasetWriter<Float>?

    init(_ writer: consuming DatasetWriter<Float>) {
        self.writer = consume writer
    }

    /// Adds whole rows.
    func append(_ values: [Float]) throws(HDF5Error) {
        try writer?.append(values)
    }

    /// Writes what is left.
    func finish() throws(HDF5Error) {
        if let writer = writer.take() { try writer.finish() }
    }
}
