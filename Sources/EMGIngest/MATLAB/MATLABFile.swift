/// A file of variables, of whichever level.
protocol MATLABFile: AnyObject {
    /// The names of the variables, some thousands at most.
    var names: [String] { get }

    /// The extents of a variable or field, rows first.
    ///
    /// - Parameter path: A name, or the names of a struct and its fields with dots between.
    /// - Returns: `nil` when there is none of that name.
    /// - Throws: ``IngestError`` when it is no array of numbers.
    func shape(of path: String) throws(IngestError) -> [Int]?

    /// Opens an array of numbers with two extents.
    ///
    /// - Parameters:
    ///   - path: A name that ``shape(of:)`` knows.
    ///   - samplesAreColumns: Whether a sample is a column, not a row.
    /// - Returns: The array.
    /// - Throws: ``IngestError`` when there are fewer numbers than its extents say.
    func matrix(_ path: String, samplesAreColumns: Bool) throws(IngestError) -> any MATLABMatrix

    /// Opens a matrix of characters, a text in each row, or an array of cells with a text each.
    ///
    /// - Parameter path: The name.
    /// - Returns: `nil` when there is none of that name, or it is empty or of another kind.
    /// - Throws: ``IngestError`` when its texts cannot be labels.
    func texts(_ path: String) throws(IngestError) -> (any MATLABTexts)?

    /// A text; `nil` when there is none of that name, or it is none.
    func text(_ path: String) throws(IngestError) -> String?

    /// Some fields of each struct of an array.
    ///
    /// - Parameters:
    ///   - path: The name.
    ///   - fields: The names of the fields.
    /// - Returns: For each struct as many values; `nil` when there is none of that name, or it
    ///   is no array of structs.
    /// - Throws: ``IngestError`` when they cannot be read, or are too many.
    func structs(_ path: String, _ fields: [String]) throws(IngestError) -> [[MATLABValue]]?
}

extension MATLABFile {
    /// A single number; `nil` when there is none of that name.
    func scalar(_ path: String) throws(IngestError) -> Double? {
        guard let shape = try? shape(of: path), shape == [1, 1] else { return nil }
        return try matrix(path, samplesAreColumns: false).next(1).first
    }
}
