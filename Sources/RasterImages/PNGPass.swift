/// One of the passes in which an interlaced image is stored (Adam7); the whole image when it is not.
struct PNGPass {
    let firstRow: Int
    let firstColumn: Int
    let rowStep: Int
    let columnStep: Int
    let rows: Int
    let columns: Int

    private init(
        _ header: PNGReader.Header, _ firstRow: Int, _ firstColumn: Int, _ rowStep: Int,
        _ columnStep: Int
    ) {
        self.firstRow = firstRow
        self.firstColumn = firstColumn
        self.rowStep = rowStep
        self.columnStep = columnStep
        let rows = max(0, (header.rows - firstRow + rowStep - 1) / rowStep)
        let columns = max(0, (header.columns - firstColumn + columnStep - 1) / columnStep)
        // A pass without pixels has no rows either.
        self.rows = columns == 0 ? 0 : rows
        self.columns = columns
    }

    static func all(of header: PNGReader.Header) -> [PNGPass] {
        guard header.isInterlaced else { return [PNGPass(header, 0, 0, 1, 1)] }
        return [
            PNGPass(header, 0, 0, 8, 8), PNGPass(header, 0, 4, 8, 8), PNGPass(header, 4, 0, 8, 4),
            PNGPass(header, 0, 2, 4, 4), PNGPass(header, 2, 0, 4, 2), PNGPass(header, 0, 1, 2, 2),
            PNGPass(header, 1, 0, 2, 1),
        ]
    }
}
