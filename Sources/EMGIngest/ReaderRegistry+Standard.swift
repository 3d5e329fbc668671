internal import EMGFormats

extension ReaderRegistry {
    /// Every reader of this package.
    public static let standard = ReaderRegistry(
        readers: [
            ROAMReader(), EDFReader(.edf), EDFReader(.bdf), WFDBReader(), NumpyReader(),
            MyoReader(), C3DReader(),
            // HDF5 files are looked into by the layouts that are sure of theirs, and fall to the
            // last, which takes any.
            RecordingFileReader(), EMG2QwertyReader(), EMG2PoseReader(), NeuromotorReader(),
            NWBReader(), EEGLABReader(), MATLABReader(), HDF5Reader(), OTBReader(),
            XDFReader(), ACQReader(),
        ]
            + SourceTemplate.shipped.compactMap(\.reader))
}
