/// Whether a matrix of a product is used as it lies in memory or transposed.
public enum MatrixForm: Sendable, Hashable, CaseIterable {
    /// As it lies.
    case plain
    /// With rows and columns exchanged.
    case transposed

    /// The other form.
    var flipped: MatrixForm { self == .plain ? .transposed : .plain }

    /// A matrix's extents in this form, from those in memory.
    func extents(_ rows: Int, _ columns: Int) -> (rows: Int, columns: Int) {
        self == .plain ? (rows, columns) : (columns, rows)
    }
}
