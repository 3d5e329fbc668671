internal import HDF5

/// A matrix of a file of level 7.3, read in blocks of whole chunks.
final class MATLAB73Matrix: MATLABMatrix {
    let sampleCount: Int
    let width: Int

    private let dataset: OpenDataset
    private let file: String
    /// The dimension of the dataset along which samples follow each other.
    private let sampleDimension: Int
    private let blockSamples: Int
    /// How many numbers are in memory at most, however large the chunks are.
    private static let mostValues = 1 << 22
    private var block: [Double] = []
    private var blockStart = 0
    private var position = 0

    init(
        _ dataset: OpenDataset, file: String, path: String, samplesAreColumns: Bool
    ) throws(IngestError) {
        let description = dataset.description
        let shape = description.shape
        precondition(shape.count <= 2, "a matrix has two extents")
        self.dataset = dataset
        self.file = file
        // Columns of the matrix are rows of the dataset.
        sampleDimension = shape.count == 1 || samplesAreColumns ? 0 : 1
        sampleCount = shape[sampleDimension]
        width = shape.count == 1 ? 1 : shape[1 - sampleDimension]
        let band = description.chunkShape?[sampleDimension] ?? 1
        let most = max(1, Self.mostValues / max(1, width))
        blockSamples = min(most, band * max(1, (1 << 18) / max(1, band * width)))
        try MATLABFault.translated(file: file) { () throws(HDF5Error) in
            try dataset.checkHolds(Double.self)
        }
    }

    func next(_ count: Int) throws(IngestError) -> [Double] {
        var samples: [Double] = []
        samples.reserveCapacity(count * width)
        while samples.count < count * width {
            let loaded = block.count / max(1, width)
            if position == blockStart + loaded { try load() }
            let first = position - blockStart
            let step = min(count - samples.count / width, block.count / width - first)
            samples.append(contentsOf: block[first * width..<(first + step) * width])
            position += step
        }
        return samples
    }

    private func load() throws(IngestError) {
        let count = min(blockSamples, sampleCount - position)
        var start = dataset.description.shape.map { _ in 0 }
        var extent = dataset.description.shape
        start[sampleDimension] = position
        extent[sampleDimension] = count
        let (dataset, from, size) = (dataset, start, extent)
        let values = try MATLABFault.translated(file: file) { () throws(HDF5Error) in
            try dataset.read(as: Double.self, start: from, count: size)
        }
        blockStart = position
        guard sampleDimension == 1 else {
            block = values
            return
        }
        block = [Double](repeating: 0, count: values.count)
        for channel in 0..<width {
            for sample in 0..<count {
                block[sample * width + channel] = values[channel * count + sample]
            }
        }
    }
}
