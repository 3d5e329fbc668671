/// What stands in the HDF5 file of a collection.
enum DatasetNames {
    /// The attribute `format` of the file.
    static let format = "myotask.arrays"
    /// The attribute `format_version`.
    static let formatVersion = 1
    /// `[samples, …shape]`.
    static let samples = "/samples"
    /// `[samples]`: the number of each sample's class or task in the manifest.
    static let label = "/label"
    /// `[samples, targets]`, of a regression.
    static let targets = "/targets"
}
