/// Texts that are read in order, one a sample.
protocol MATLABTexts: AnyObject {
    /// How many there are.
    var sampleCount: Int { get }

    /// The next texts, without the blanks round them.
    ///
    /// - Parameter count: How many; not more than are left.
    /// - Returns: `count` texts; empty where there is none.
    /// - Throws: ``IngestError`` when they cannot be read.
    func next(_ count: Int) throws(IngestError) -> [String]
}
