// swift-tools-version: 6.3
import PackageDescription

/// Settings every target shares. Each upcoming feature removes an ambiguity that the
/// language keeps for older code only.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let numerics: [Target.Dependency] = [
    .product(name: "ComplexModule", package: "swift-numerics"),
    .product(name: "RealModule", package: "swift-numerics"),
]
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

/// The page is part of the program, so that a command that was moved elsewhere still serves it.
let pageResources: [Resource] = [
    "index.html", "style.css", "app.js", "api.js", "collection.js", "dialogs.js", "edits.js",
    "keys.js", "labels.js", "list.js", "names.js", "plot.js", "signal.js", "spectrum.js",
    "theme.js",
].map { .embedInCode("Page/\($0)") }

/// The scripts and styles of the live page.
let livePageResources: [Resource] = [
    "adaptation.js", "app.js", "arena.js", "control.css", "control.js", "cues.js", "decisions.js",
    "electrodes.js", "hand.js", "index.html", "nodes.js", "picture.js", "session.css", "session.js",
    "signal.js",
    "style.css", "trials.js",
].map { .embedInCode("Page/\($0)") }

/// The protocols that come along with the program.
let protocolResources: [Resource] = [
    "cycle", "windows_k", "turned_k", "shift_k", "one_gesture", "new_gestures", "cross_session",
    "five_way",
].map { .embedInCode("Protocols/\($0).yaml") }

let package = Package(
    name: "MyoTask",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "MyoTask", targets: ["MyoTask"]),
        .library(name: "Autodiff", targets: ["Autodiff"]),
        .library(name: "EMGFilters", targets: ["EMGFilters"]),
        .executable(name: "myotask", targets: ["MyoTaskMain"]),
    ],
    traits: [
        .trait(
            name: "ReviewServer",
            description: "The command \"myotask review\", with the HTTP server it needs."),
        .trait(
            name: "MPI",
            description: "Training on several machines with MPI, which must be installed."),
        .default(enabledTraits: ["ReviewServer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
    ],
    targets: [
        // System libraries: a module map and, for C macros, static inline functions; no logic.
        .systemLibrary(
            name: "CFFTW3", pkgConfig: "fftw3",
            providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
        .systemLibrary(
            name: "CHDF5", pkgConfig: "hdf5",
            providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
        .systemLibrary(
            name: "CBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate",
            providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(
            name: "CExpat", pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        .systemLibrary(
            name: "CCairo", pkgConfig: "cairo",
            providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),

        // Open MPI by default; MPICH's is called mpich.
        .systemLibrary(
            name: "CMPI", pkgConfig: Context.environment["MYOTASK_MPI"] ?? "ompi-c",
            providers: [.apt(["libopenmpi-dev"]), .brew(["open-mpi"])]),

        // The innermost loops of filters and features, compiled for several instruction sets; fused
        // multiply-adds are wanted there, as they are not in CVectorKernels. See docs/decisions.
        .target(name: "CSections"),
        // Exchanges two names of the file system, which Swift does not see in the C library.
        .target(name: "CFileExchange"),

        // Foundations that know nothing of EMG.
        .target(name: "ErrorReports"),
        .target(name: "Documents", dependencies: ["ErrorReports", "PrintableText", yaml]),
        .target(name: "CSV", dependencies: ["Documents", "ErrorReports", "PrintableText"]),
        .target(name: "Digests", dependencies: ["CCrypto"]),
        .target(name: "Distribution", dependencies: ["ErrorReports"]),
        .target(
            name: "Figures", dependencies: ["CCairo", "ErrorReports", "Files", "PrintableText"]),
        .target(name: "Files", dependencies: ["CFileExchange", "ErrorReports", "PrintableText"]),
        .target(
            name: "Launching",
            dependencies: ["Documents", "ErrorReports", "Files", "PrintableText"]),
        .target(name: "NPY", dependencies: ["ErrorReports", "PrintableText"]),
        .target(name: "Parallel"),
        .target(name: "PrintableText"),
        .target(
            name: "RasterImages", dependencies: ["CDeflate", "ErrorReports", "PrintableText"]),
        .target(name: "SeededRandom"),
        .target(name: "Sharding", dependencies: ["ErrorReports", "PrintableText"]),
        .target(name: "Statistics", dependencies: ["SeededRandom"]),
        .target(name: "TaskDraws", dependencies: ["Documents", "SeededRandom"]),
        .target(name: "Windowing", dependencies: ["CVectorKernels"]),
        .target(name: "Protobuf"),
        .target(name: "TensorBoard", dependencies: ["ErrorReports", "Files", "Protobuf"]),
        .target(name: "FFTW", dependencies: ["CFFTW3"]),
        .target(
            name: "HDF5",
            dependencies: ["CDeflate", "CHDF5", "ErrorReports", "Parallel", "PrintableText"]),

        // From raw recordings to task collections.
        .target(name: "EMGSignal", dependencies: ["Documents", "ErrorReports", "PrintableText"]),
        .target(
            name: "EMGFilters",
            dependencies: [
                "CSections", "FFTW", "EMGSignal", "Documents", "ErrorReports", "Parallel",
                "PrintableText",
            ] + numerics),
        .target(name: "EMGFormats"),
        .target(name: "Spectra", dependencies: ["FFTW", "EMGSignal"]),
        .target(
            name: "EMGFeatures",
            dependencies: [
                "CSections", "Documents", "EMGSignal", "ErrorReports", "FFTW", "Parallel",
                "PrintableText",
            ]),
        .target(
            name: "EMGIngest",
            dependencies: [
                "CArchive", "CExpat", "CSV", "CZlib", "Digests", "Documents", "EMGArchive",
                "EMGFormats", "EMGSignal", "Files", "HDF5", "ErrorReports", "NPY", "Parallel",
                "PrintableText", "Spectra",
            ]),
        .target(
            name: "TemplateProposals",
            dependencies: [
                "CSV", "Documents", "EMGIngest", "EMGSignal", "ErrorReports", "PrintableText",
            ]),
        .target(
            name: "EMGArchive",
            dependencies: [
                "Digests", "HDF5", "EMGSignal", "Documents", "Files", "ErrorReports",
                "PrintableText", "TaskDraws",
            ]),
        .target(
            name: "EMGExport",
            dependencies: [
                "Documents", "EMGArchive", "EMGFormats", "EMGSignal", "Files", "ErrorReports",
                "Parallel",
                "PrintableText",
            ]),
        .target(
            name: "EMGTasks",
            dependencies: [
                "CSV", "Digests", "Documents", "EMGArchive", "EMGFeatures",
                "EMGSignal",
                "Files", "HDF5", "ErrorReports", "NPY", "Parallel", "PrintableText",
                "SeededRandom", "Sharding", "TaskDraws",
                "Windowing",
            ]),
        .target(
            name: "EMGLabeling",
            dependencies: [
                "Documents", "EMGFilters", "EMGIngest", "EMGSignal", "EMGTasks", "Files",
            ]),
        .target(
            name: "EMGBatch",
            dependencies: [
                "Digests", "Documents", "EMGArchive", "EMGExport", "EMGFilters", "EMGIngest",
                "EMGSignal", "Files",
                "HDF5", "ErrorReports", "Parallel", "PrintableText", "Sharding", "Spectra",
            ]),
        .target(
            name: "EMGSynth",
            dependencies: [
                "EMGFormats", "EMGSignal", "ErrorReports", "Files", "Parallel", "SeededRandom",
            ]),

        // Pages on this machine: everything but the HTTP server works without the trait, too.
        .target(
            name: "PageServer",
            dependencies: [
                "Documents", "ErrorReports", "PrintableText",
                .product(
                    name: "FlyingFox", package: "FlyingFox",
                    condition: .when(traits: ["ReviewServer"])),
                .product(
                    name: "FlyingSocks", package: "FlyingFox",
                    condition: .when(traits: ["ReviewServer"])),
            ]),
        .target(
            name: "EMGReview",
            dependencies: [
                "Documents", "EMGArchive", "EMGFilters", "EMGIngest", "EMGLabeling", "EMGSignal",
                "EMGTasks",
                "ErrorReports", "PageServer", "Parallel", "PrintableText", "Spectra",
            ],
            resources: pageResources),

        // Meta-learning over arrays. Swift compiles loops for one vector width; the C target has
        // the engine's element by element loops for several, the widest taken at run time.
        .target(name: "CVectorKernels"),
        // Runs before main: OpenBLAS chooses again where it does not know the processor.
        .target(name: "CBLASKernels"),
        .target(name: "Autodiff", dependencies: ["CBLAS", "CBLASKernels", "CVectorKernels"]),
        .target(
            name: "MetaLearning",
            dependencies: [
                "Autodiff", "CSV", "Distribution", "Documents", "Files", "ErrorReports",
                "Parallel", "PrintableText", "SeededRandom", "TaskDraws", "Windowing",
            ]),

        // Processes on one machine or many that train together.
        .target(
            name: "MPIRanks",
            dependencies: [
                "Distribution", .target(name: "CMPI", condition: .when(traits: ["MPI"])),
            ]),

        // Where the two meet, and the command.
        .target(
            name: "EMGEpisodes",
            dependencies: [
                "Documents", "EMGArchive", "EMGSignal", "EMGTasks", "ErrorReports",
                "MetaLearning", "PrintableText", "SeededRandom",
            ]),
        .target(
            name: "ArrayCollections",
            dependencies: [
                "CArchive", "CSV", "Digests", "Documents", "EMGArchive", "EMGSignal",
                "EMGSynth", "ErrorReports", "Files", "HDF5", "MetaLearning", "NPY", "Parallel",
                "PrintableText", "RasterImages", "SeededRandom",
            ]),
        .target(
            name: "FewShotBenchmark",
            dependencies: [
                "Autodiff", "Digests", "Documents", "EMGArchive", "EMGFeatures", "EMGSignal",
                "ErrorReports", "Figures", "MetaLearning", "Parallel", "PrintableText",
                "SeededRandom", "Statistics",
            ], resources: protocolResources),
        .target(
            name: "Decoding",
            dependencies: [
                "Autodiff", "CSV", "CZlib", "Digests", "Documents", "EMGArchive",
                "EMGEpisodes", "EMGFilters", "EMGSignal", "EMGTasks", "ErrorReports", "Files",
                "HDF5", "MetaLearning", "NPY", "PrintableText", "Protobuf", "Statistics",
                "Windowing",
            ]),
        // The live page: calibrate, adapt and control beside a running decoder.
        .target(
            name: "EMGLive",
            dependencies: [
                "CSV", "Decoding", "Documents", "EMGArchive", "EMGBatch", "EMGFormats",
                "EMGIngest", "EMGSignal", "EMGSynth", "EMGTasks", "ErrorReports", "Files",
                "PageServer", "SeededRandom", "Statistics",
            ],
            resources: livePageResources),
        .target(
            name: "Experiments",
            dependencies: [
                "Decoding", "FewShotBenchmark", "Statistics",
                "ArrayCollections", "Autodiff", "CSV", "Digests", "Distribution", "Documents",
                "EMGArchive", "EMGBatch", "EMGEpisodes", "EMGFeatures", "EMGFilters", "EMGIngest",
                "EMGSignal", "EMGTasks",
                "FFTW", "Figures", "Files", "HDF5", "ErrorReports", "MetaLearning", "PrintableText",
                "SeededRandom", "Sharding", "Spectra", "TaskDraws", "TensorBoard",
            ]),
        .target(
            name: "MyoTaskCommand",
            dependencies: [
                "ArrayCollections", "Decoding", "FewShotBenchmark", "Statistics",
                "EMGSignal", "EMGIngest", "EMGFeatures", "EMGFilters", "EMGArchive", "EMGBatch",
                "EMGExport",
                "EMGLabeling", "EMGLive", "EMGReview", "EMGTasks", "EMGSynth", "MetaLearning",
                "EMGEpisodes",
                "Experiments", "MPIRanks", "PageServer", "Distribution", "Documents", "Figures",
                "Files", "ErrorReports", "Parallel", "PrintableText", "Spectra", "TaskDraws",
                "Sharding", "Launching", "TemplateProposals",
                arguments,
            ]),

        // Named apart from the library also where file names have no case.
        .executableTarget(name: "MyoTaskMain", dependencies: ["MyoTaskCommand"]),
        .target(
            name: "MyoTask",
            dependencies: [
                "ArrayCollections", "Autodiff", "Decoding", "Documents", "EMGArchive", "EMGBatch",
                "EMGEpisodes", "EMGExport",
                "EMGFeatures", "EMGFilters", "EMGFormats", "EMGIngest", "EMGLabeling", "EMGSignal",
                "EMGSynth", "EMGTasks", "ErrorReports", "Experiments", "Figures", "MetaLearning",
                "MyoTaskCommand", "SeededRandom", "Spectra", "TaskDraws",
            ]),

        // Measured beside the peers under Benchmarks; no product.
        .executableTarget(
            name: "myotask-bench",
            dependencies: [
                "Documents", "EMGIngest", "EMGSignal", "EMGArchive", "EMGEpisodes", "HDF5",
                "MetaLearning", arguments,
            ],
            path: "Benchmarks/Measured"),
        // Not a product: measures the filters for Benchmarks/.
        .executableTarget(
            name: "filter-bench", dependencies: ["EMGFeatures", "EMGFilters", "EMGSignal"],
            path: "Benchmarks/Filters"),

        // Tests: one target a module, what they share in TestSupport.
        .target(
            name: "TestSupport", dependencies: ["CHDF5", "Distribution", "Documents", "HDF5"],
            path: "Tests/TestSupport"),
        .testTarget(
            name: "CSVTests", dependencies: ["CSV", "Documents", "SeededRandom"]),
        .testTarget(
            name: "DecodingTests",
            dependencies: [
                "AllocationCount", "Autodiff", "Decoding", "Documents", "EMGArchive",
                "EMGFeatures", "EMGFilters", "EMGSignal", "MetaLearning", "EMGTasks",
                "MyoTaskMain", "SeededRandom", "Statistics", "TestSupport", "Windowing",
            ]),
        .testTarget(
            name: "EMGLiveTests",
            dependencies: [
                "Decoding", "Documents", "EMGArchive", "EMGBatch", "EMGFilters", "EMGIngest",
                "EMGLive", "EMGSignal", "EMGSynth", "ErrorReports", "Files", "MetaLearning",
                "MyoTaskMain", "PageServer", "SeededRandom", "TestSupport",
            ],
            exclude: ["Browser"]),
        .testTarget(
            name: "TemplateProposalsTests",
            dependencies: ["EMGIngest", "EMGSignal", "TemplateProposals", "TestSupport"]),
        .testTarget(
            name: "DistributionTests",
            dependencies: ["Distribution", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "FiguresTests", dependencies: ["Figures", "SeededRandom", "TestSupport"]),
        .testTarget(name: "FilesTests", dependencies: ["Files", "ErrorReports", "TestSupport"]),
        .testTarget(
            name: "LaunchingTests",
            dependencies: ["Documents", "Launching", "MyoTaskMain", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "NPYTests", dependencies: ["NPY", "TestSupport"]),
        .testTarget(
            name: "RasterImagesTests",
            dependencies: ["RasterImages", "SeededRandom"]),
        .testTarget(
            name: "ArrayCollectionsTests",
            dependencies: [
                "ArrayCollections", "Documents", "ErrorReports", "HDF5", "MetaLearning", "NPY",
                "RasterImages", "SeededRandom", "TestSupport", "MyoTaskMain",
            ]),
        .testTarget(name: "PrintableTextTests", dependencies: ["PrintableText"]),
        .testTarget(name: "SeededRandomTests", dependencies: ["SeededRandom", "Parallel"]),
        .testTarget(name: "ShardingTests", dependencies: ["SeededRandom", "Sharding"]),
        .testTarget(
            name: "TaskDrawsTests", dependencies: ["Documents", "SeededRandom", "TaskDraws"]),
        .testTarget(name: "FFTWTests", dependencies: ["FFTW", "SeededRandom"]),
        .testTarget(
            name: "HDF5Tests",
            dependencies: ["HDF5", "Parallel", "SeededRandom", "TestSupport"]),
        .testTarget(name: "EMGFormatsTests", dependencies: ["EMGFormats"]),
        .testTarget(name: "EMGSignalTests", dependencies: ["EMGSignal"]),
        // Counts allocations in the program that runs the tests.
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .testTarget(
            name: "EMGFiltersTests",
            dependencies: [
                "AllocationCount", "EMGFilters", "EMGSignal", "FFTW", "Documents", "SeededRandom",
                "Spectra", "TestSupport",
            ] + numerics,
            resources: [.copy("Golden")]),
        .testTarget(
            name: "EMGFeaturesTests",
            dependencies: [
                "Documents", "EMGFeatures", "EMGSignal", "ErrorReports", "SeededRandom",
                "TestSupport",
            ]),
        .testTarget(
            name: "EMGIngestTests",
            dependencies: [
                "EMGFormats",
                "EMGIngest", "EMGArchive", "EMGBatch", "EMGSignal", "Documents", "HDF5",
                "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGArchiveTests",
            dependencies: [
                "EMGArchive", "HDF5", "EMGSignal", "Documents", "Files",
                "Parallel", "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGExportTests",
            dependencies: [
                "EMGFormats",
                "EMGExport", "EMGArchive", "EMGIngest", "EMGSignal", "Documents", "SeededRandom",
                "TestSupport",
            ]),
        .testTarget(
            name: "EMGTasksTests",
            dependencies: [
                "EMGTasks", "EMGArchive", "EMGEpisodes", "EMGFeatures", "EMGFilters", "EMGSignal",
                "Documents", "HDF5", "MetaLearning", "SeededRandom", "TaskDraws", "TestSupport",
            ]),
        .testTarget(
            name: "EMGLabelingTests",
            dependencies: [
                "Documents", "EMGFilters", "EMGIngest", "EMGLabeling", "EMGSignal",
                "EMGSynth", "EMGTasks", "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGEpisodesTests",
            dependencies: [
                "EMGEpisodes", "Autodiff", "EMGArchive", "EMGSignal", "EMGTasks",
                "MetaLearning", "SeededRandom", "TaskDraws", "TestSupport",
            ]),
        .testTarget(
            name: "EMGReviewTests",
            dependencies: [
                "EMGReview", "EMGArchive", "EMGSignal", "EMGTasks", "Documents", "PageServer",
                "SeededRandom",
                "TestSupport", "MyoTaskMain",
            ],
            exclude: ["Browser"]),
        .testTarget(
            name: "EMGSynthTests",
            dependencies: ["EMGSynth", "EMGSignal", "TestSupport"]),
        .testTarget(
            name: "AutodiffTests",
            dependencies: ["Autodiff", "Documents", "SeededRandom", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(
            name: "MetaLearningTests",
            dependencies: [
                "MetaLearning", "Autodiff", "Distribution", "Documents", "SeededRandom",
                "TaskDraws",
                "TestSupport",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "TensorBoardTests",
            dependencies: ["Figures", "SeededRandom", "TensorBoard", "TestSupport"]),
        .testTarget(
            name: "FewShotBenchmarkTests",
            dependencies: [
                "Documents", "EMGArchive", "EMGSignal", "FewShotBenchmark", "Figures",
                "SeededRandom", "Statistics",
                "TestSupport",
            ]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "Statistics",
                "Experiments", "Documents", "EMGArchive", "EMGSignal", "EMGTasks",
                "Figures", "MetaLearning", "SeededRandom", "TestSupport", "MyoTaskMain",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "FrozenTests",
            dependencies: [
                "Digests", "Documents", "EMGIngest", "HDF5", "Parallel", "TestSupport",
                "MyoTaskMain",
            ],
            exclude: ["Golden", "README.md"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Digests", "EMGArchive", "EMGBatch", "EMGExport", "EMGFilters", "EMGIngest",
                "EMGSignal", "EMGSynth", "EMGTasks", "Experiments", "Figures", "HDF5", "Documents",
                "ErrorReports", "MetaLearning", "SeededRandom", "TaskDraws", "TensorBoard",
                "TestSupport", "MyoTaskMain",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CVectorKernels" {
    target.swiftSettings = strict
}
