/// A dataset of an ``OpenFile`` whose values are words: texts of fixed or any length, or members
/// of an enumeration by their names.
package final class OpenTexts: Sendable {
    /// How many values there are; 1 for a single one.
    package let count: Int
    /// Where it is.
    package let place: Place
    /// Kept open: datasets end before their file.
    private let file: OpenFile
    private let dataset: Held<TextDataset>

    fileprivate init(_ file: OpenFile, _ name: String) throws(HDF5Error) {
        self.file = file
        (count, place, dataset) = try file.step { (file) throws(HDF5Error) in
            let dataset = try TextDataset(file, name)
            let (count, place) = (dataset.count, dataset.place)
            return (count, place, Held(dataset))
        }
    }

    /// Reads values.
    ///
    /// - Parameter rows: Within ``count``.
    /// - Returns: A text for each; members of an enumeration that have no name are their number.
    /// - Throws: ``HDF5Error`` for damaged values.
    package func read(_ rows: Range<Int>) throws(HDF5Error) -> [String] {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "\(rows) of \(count) texts")
        guard !rows.isEmpty else { return [] }
        return try file.step { (file) throws(HDF5Error) in
            try dataset.use { (dataset) throws(HDF5Error) in try dataset.read(rows, in: file) }
        }
    }
}

extension OpenFile {
    /// Opens a dataset of words.
    ///
    /// - Parameter name: Its name from the root group. Soft links inside the file are followed.
    /// - Returns: The dataset, for as long as the file is open; it has one dimension or none.
    /// - Throws: ``HDF5Error`` also for a dataset of anything else.
    package func texts(_ name: String) throws(HDF5Error) -> OpenTexts {
        try OpenTexts(self, name)
    }
}
