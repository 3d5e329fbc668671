internal import Autodiff
internal import Documents

extension FieldFormat<PatchLayout.Extent> {
    /// Rows and columns: `[4, 8]`.
    static var grid: FieldFormat {
        let extents = FieldFormat<[Int]>.list(of: .integer(in: 1...1_024))
        return FieldFormat(
            .list(of: .integer(minimum: 1, maximum: 1_024), count: 2...2, isUnique: false),
            read: { cursor throws(DocumentError) in
                let extents = try extents.read(cursor)
                guard extents.count == 2 else {
                    throw cursor.error(expected: "rows and columns")
                }
                return PatchLayout.Extent(height: extents[0], width: extents[1])
            },
            write: { extents.write([$0.height, $0.width]) })
    }
}
