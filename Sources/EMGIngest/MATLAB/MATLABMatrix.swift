/// A matrix of numbers that is read row after row, or column after column: samples in order.
protocol MATLABMatrix: AnyObject {
    /// How many samples it has.
    var sampleCount: Int { get }
    /// How many numbers a sample has.
    var width: Int { get }

    /// The next samples, each with all its numbers.
    ///
    /// - Parameter count: How many; not more than are left.
    /// - Returns: `count × width` numbers.
    /// - Throws: ``IngestError`` when they cannot be read.
    func next(_ count: Int) throws(IngestError) -> [Double]
}
